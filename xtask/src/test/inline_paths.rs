//! Finds paths in function bodies, such as "super::name" or "child::name", which cargo-modules leaves out of
//! its graph.

use super::module_graph::ModuleGraph;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};

/// Adds the items that paths in a crate's source refer to, starting with the file of its root module.
///
/// # Errors
/// If a file cannot be read or parsed.
pub fn add(graph: &mut ModuleGraph, root: &Path) -> Result<()> {
    let mut pending = vec![(graph.root().to_owned(), root.to_owned())];
    while let Some((module, file)) = pending.pop() {
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let syntax = syn::parse_file(&text).with_context(|| file.display().to_string())?;
        let mut visitor = Paths { folder: folder_of_children(&file), module, graph, children: Vec::new() };
        visitor.visit_file(&syntax);
        pending.append(&mut visitor.children);
    }
    Ok(())
}

/// Returns the folder in which the child modules of a file are.
fn folder_of_children(file: &Path) -> PathBuf {
    let is_root = ["lib.rs", "main.rs", "mod.rs"].iter().any(|name| file.ends_with(name));
    if is_root { file.with_file_name("") } else { file.with_extension("") }
}

/// Collects the paths of one file.
struct Paths<'a> {
    module: String,
    /// The folder of the module's child modules.
    folder: PathBuf,
    graph: &'a mut ModuleGraph,
    /// Child modules in files of their own.
    children: Vec<(String, PathBuf)>,
}

impl Paths<'_> {
    /// Returns the item that a path refers to, if it is in this crate.
    fn resolve(&self, path: &syn::Path) -> Option<String> {
        let mut names = path.segments.iter().map(|segment| segment.ident.to_string()).peekable();
        let mut module = match names.peek()?.as_str() {
            "crate" => names.next().map(|_| self.graph.root().to_owned())?,
            "self" => names.next().map(|_| self.module.clone())?,
            "super" => self.module.clone(),
            child => {
                self.graph.has_module(&format!("{}::{child}", self.module)).then(|| self.module.clone())?
            }
        };
        for name in names {
            if name == "super" {
                module = module.rsplit_once("::")?.0.to_owned();
                continue;
            }
            let item = self.graph.definition(&module, &name)?;
            if !self.graph.has_module(&item) {
                return Some(item);
            }
            module = item;
        }
        Some(module)
    }
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1
            && let Some(item) = self.resolve(path)
        {
            self.graph.add_use(&self.module, &item);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        // Arguments of format!, assert! and others that take expressions.
        let parse = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        for argument in item.parse_body_with(parse).unwrap_or_default() {
            Paths {
                module: self.module.clone(),
                folder: self.folder.clone(),
                graph: self.graph,
                children: Vec::new(),
            }
            .visit_expr(&argument);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let name = item.ident.to_string();
        let module = format!("{}::{name}", self.module);
        if !self.graph.has_module(&module) {
            return; // compiled for tests or other platforms only
        }
        let folder = self.folder.join(&name);
        if let Some((_, items)) = &item.content {
            let mut inner = Paths { module, folder, graph: self.graph, children: Vec::new() };
            items.iter().for_each(|item| inner.visit_item(item));
            self.children.append(&mut inner.children);
        } else {
            let file = self.folder.join(format!("{name}.rs"));
            self.children.push((module, if file.exists() { file } else { folder.join("mod.rs") }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAPH: &str = r#"
        "a" [label="crate|a"];
        "a::Root" [label="pub struct|Root"];
        "a::b" [label="pub mod|b"];
        "a::b::run" [label="pub fn|b::run"];
        "a::b::c" [label="pub mod|c"];
        "a::b::c::C" [label="pub struct|c::C"];
        "a" -> "a::b::c::C" [label="uses"];
    "#;

    fn cycles(root: &str, child: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        fs::write(folder.path().join("lib.rs"), root).unwrap();
        fs::write(folder.path().join("b.rs"), child).unwrap();
        fs::write(folder.path().join("b/c.rs"), "").unwrap();
        let mut graph = ModuleGraph::parse(GRAPH);
        add(&mut graph, &folder.path().join("lib.rs")).unwrap();
        graph.cycles()
    }

    #[test]
    fn paths_in_bodies_are_uses() {
        let calls = "mod b; fn call() { b::run(); }";
        assert_eq!(
            cycles(calls, "mod c; fn run() { println!(\"{}\", super::Root::new()); }"),
            ["a, a::b:\n  a uses a::b::run\n  a::b uses a::Root"]
        );
        assert_eq!(cycles(calls, "mod c; fn run() -> u8 { crate::Root::VALUE }").len(), 1);
    }

    #[test]
    fn re_exported_items_are_those_of_the_child() {
        assert_eq!(cycles("mod b; fn call() { b::run(); }", "mod c; fn run() { crate::C::new(); }"), [""; 0]);
    }

    #[test]
    fn test_modules_do_not_count() {
        assert_eq!(
            cycles(
                "mod b; fn call() { b::run(); }",
                "mod c; #[cfg(test)] mod tests { fn a() { crate::Root::new(); } }"
            ),
            [""; 0]
        );
    }
}
