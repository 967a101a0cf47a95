//! The graph of a crate's modules, from the output of `cargo modules dependencies`.

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use std::collections::{BTreeMap, BTreeSet};

/// The modules of a crate and the uses between its items.
#[derive(Debug, Default)]
pub struct ModuleGraph {
    /// Paths of modules; the first one is the crate's.
    modules: BTreeSet<String>,
    items: BTreeSet<String>,
    /// Using item and used item, by path.
    uses: BTreeSet<(String, String)>,
}

impl ModuleGraph {
    /// Parses a graph in the DOT language, as cargo-modules writes it: a node or an edge per line.
    pub fn parse(dot: &str) -> Self {
        let mut graph = Self::default();
        for line in dot.lines() {
            match line.split('"').collect::<Vec<_>>()[..] {
                [_, from, " -> ", to, _, "uses", ..] => graph.add_use(from, to),
                [_, item, " [label=", label, ..] => {
                    let kind = label.split('|').next().unwrap_or_default();
                    if kind == "crate" || kind.split_whitespace().last() == Some("mod") {
                        graph.modules.insert(item.to_owned());
                    }
                    graph.items.insert(item.to_owned());
                }
                _ => {}
            }
        }
        // The graph contains the items of a module under `#[cfg(any(windows, test))]`, but not the module.
        let parents = graph.items.iter().filter_map(|item| item.rsplit_once("::"));
        let missing = parents.filter(|(parent, _)| !graph.items.contains(*parent));
        graph.modules.extend(missing.map(|(parent, _)| parent.to_owned()).collect::<Vec<_>>());
        graph
    }

    /// Adds a use of one item by another.
    pub fn add_use(&mut self, from: &str, to: &str) {
        self.uses.insert((from.to_owned(), to.to_owned()));
    }

    /// Returns the crate's name.
    pub fn root(&self) -> &str {
        self.modules.first().map_or("", String::as_str)
    }

    /// Returns whether there is such a module.
    pub fn has_module(&self, path: &str) -> bool {
        self.modules.contains(path)
    }

    /// Returns where an item that a module names is defined: in the module itself, or where it is re-exported
    /// from.
    pub fn definition(&self, module: &str, name: &str) -> Option<String> {
        let own = format!("{module}::{name}");
        if self.items.contains(&own) {
            return Some(own);
        }
        let end = format!("::{name}");
        let imported = self.uses.iter().find(|(from, to)| from == module && to.ends_with(&end));
        imported.map(|(_, to)| to.clone())
    }

    /// Returns the module of an item.
    fn module_of<'a>(&self, item: &'a str) -> &'a str {
        let mut path = item;
        while !self.modules.contains(path) {
            let Some((parent, _)) = path.rsplit_once("::") else { break };
            path = parent;
        }
        path
    }

    /// Describes each cycle: its modules, then the uses between them.
    pub fn cycles(&self) -> Vec<String> {
        let mut graph = DiGraphMap::<&str, ()>::new();
        let mut uses = BTreeMap::<_, Vec<_>>::new();
        for (from, to) in &self.uses {
            let edge = (self.module_of(from), self.module_of(to));
            if edge.0 != edge.1 {
                graph.add_edge(edge.0, edge.1, ());
                uses.entry(edge).or_default().push(format!("  {from} uses {to}"));
            }
        }
        let components = tarjan_scc(&graph).into_iter().filter(|component| component.len() > 1);
        let describe = |mut modules: Vec<&str>| {
            modules.sort_unstable();
            let between =
                uses.iter().filter(|((from, to), _)| modules.contains(from) && modules.contains(to));
            let lines: Vec<_> = between.flat_map(|(_, uses)| uses.clone()).collect();
            format!("{}:\n{}", modules.join(", "), lines.join("\n"))
        };
        components.map(describe).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NODES: &str = r##"
        "a" [label="crate|a", fillcolor="#5397c8"]; // "crate" node
        "a::b" [label="pub(crate) mod|b", fillcolor="#f8c04c"]; // "mod" node
        "a::b::B" [label="pub struct|b::B", fillcolor="#81c169"]; // "struct" node
        "a::b::B::new" [label="pub fn|b::B::new", fillcolor="#81c169"]; // "fn" node
        "a::c" [label="pub(self) mod|c", fillcolor="#db5367"]; // "mod" node
        "a::c::C" [label="pub struct|c::C", fillcolor="#81c169"]; // "struct" node
    "##;

    fn edge(from: &str, to: &str, kind: &str) -> String {
        format!(
            "    \"{from}\" -> \"{to}\" [label=\"{kind}\", color=\"#7f7f7f\"] [constraint=false]; // \"{kind}\" edge\n"
        )
    }

    fn cycles(edges: &[(&str, &str)]) -> Vec<String> {
        let uses: String = edges.iter().map(|(from, to)| edge(from, to, "uses")).collect();
        let owns = edge("a", "a::b", "owns") + &edge("a::b::B", "a::b::B::new", "owns");
        ModuleGraph::parse(&[NODES, &owns, &uses].concat()).cycles()
    }

    #[test]
    fn two_modules_that_use_each_other_are_a_cycle() {
        assert_eq!(
            cycles(&[("a::b", "a::c::C"), ("a::c::C", "a::b::B"), ("a", "a::b::B")]),
            ["a::b, a::c:\n  a::b uses a::c::C\n  a::c::C uses a::b::B"]
        );
    }

    #[test]
    fn child_that_uses_its_parents_item_while_the_parent_uses_it_is_a_cycle() {
        assert_eq!(cycles(&[("a", "a::b::B"), ("a::b", "a::Item")]).len(), 1);
    }

    #[test]
    fn items_of_a_module_without_a_node_are_not_the_parents() {
        let item = "\"a::d::D\" [label=\"pub struct|d::D\"];\n";
        let uses = edge("a", "a::b::B", "uses") + &edge("a::b", "a::d::D", "uses");
        assert_eq!(ModuleGraph::parse(&[NODES, item, &uses].concat()).cycles(), [""; 0]);
        let cycle = uses + &edge("a::d::D", "a::b::B", "uses");
        assert_eq!(ModuleGraph::parse(&[NODES, item, &cycle].concat()).cycles().len(), 1);
    }

    #[test]
    fn re_exports_methods_and_uses_within_a_module_are_no_cycle() {
        let edges = [
            ("a", "a::b::B"),
            ("a", "a::c::C"),
            ("a::c", "a::b::B"),
            ("a::b::B", "a::b::B::new"),
            ("a::b::B::new", "a::b::B"),
        ];
        assert_eq!(cycles(&edges), [""; 0]);
    }
}
