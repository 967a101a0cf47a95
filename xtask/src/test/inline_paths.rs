//! Finds paths in function bodies, such as "super::name" or "child::name", which cargo-modules leaves out of
//! its graph.

use super::module_graph::ModuleGraph;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Lit, Meta, MetaNameValue, Token};

/// Adds the items that paths in a crate's source refer to, starting with the file of its root module.
///
/// # Errors
/// If a file cannot be read or parsed.
pub fn add(graph: &mut ModuleGraph, root: &Path) -> Result<()> {
    let mut pending = vec![ModuleFile {
        module: graph.root().to_owned(),
        folder: root.with_file_name(""),
        path: root.into(),
    }];
    while let Some(ModuleFile { module, path, folder }) = pending.pop() {
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let syntax = syn::parse_file(&text).with_context(|| path.display().to_string())?;
        let attribute_folder = path.with_file_name("");
        let mut visitor = Paths { module, folder, attribute_folder, graph, children: Vec::new() };
        visitor.visit_file(&syntax);
        pending.append(&mut visitor.children);
    }
    Ok(())
}

/// A module in a file of its own.
struct ModuleFile {
    module: String,
    path: PathBuf,
    /// The folder of the module's child modules.
    folder: PathBuf,
}

/// Returns the values of `#[path = "…"]` and `#[cfg_attr(…, path = "…")]`, whatever the condition.
fn path_attributes(attributes: &[Attribute]) -> Vec<String> {
    let text = |meta: &Meta| match meta {
        Meta::NameValue(MetaNameValue { path, value: Expr::Lit(literal), .. }) if path.is_ident("path") => {
            if let Lit::Str(text) = &literal.lit {
                Some(text.value())
            } else {
                None
            }
        }
        _ => None,
    };
    let parse = Punctuated::<Meta, Token![,]>::parse_terminated;
    let values = |attribute: &Attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => {
            // The first argument is the condition.
            list.parse_args_with(parse).unwrap_or_default().iter().skip(1).filter_map(text).collect()
        }
        meta => Vec::from_iter(text(meta)),
    };
    attributes.iter().flat_map(values).collect()
}

/// Collects the paths of one file.
struct Paths<'a> {
    module: String,
    /// The folder of the module's child modules.
    folder: PathBuf,
    /// The folder to which `path` attributes are relative.
    attribute_folder: PathBuf,
    graph: &'a mut ModuleGraph,
    children: Vec<ModuleFile>,
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
        let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
        for argument in item.parse_body_with(parse).unwrap_or_default() {
            Paths {
                module: self.module.clone(),
                folder: self.folder.clone(),
                attribute_folder: self.attribute_folder.clone(),
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
            let attribute_folder = folder.clone();
            let mut inner =
                Paths { module, folder, attribute_folder, graph: self.graph, children: Vec::new() };
            items.iter().for_each(|item| inner.visit_item(item));
            self.children.append(&mut inner.children);
            return;
        }
        let mut files: Vec<_> =
            path_attributes(&item.attrs).iter().map(|path| self.attribute_folder.join(path)).collect();
        files.retain(|path| path.exists());
        if files.is_empty() {
            let file = self.folder.join(format!("{name}.rs"));
            let path = if file.exists() { file } else { folder.join("mod.rs") };
            self.children.push(ModuleFile { module, path, folder });
            return;
        }
        // A file that a `path` attribute names has its child modules beside it, like a mod.rs
        // (<https://doc.rust-lang.org/reference/items/modules.html#the-path-attribute>).
        let child =
            |path: PathBuf| ModuleFile { module: module.clone(), folder: path.with_file_name(""), path };
        self.children.extend(files.into_iter().map(child));
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
        graph_of(folder.path()).cycles()
    }

    fn graph_of(folder: &Path) -> ModuleGraph {
        let mut graph = ModuleGraph::parse(GRAPH);
        add(&mut graph, &folder.join("lib.rs")).unwrap();
        graph
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

    #[test]
    fn follows_path_attributes() {
        for attributes in [
            "#[path = \"linux.rs\"]",
            "#[cfg_attr(windows, path = \"absent.rs\")] #[cfg_attr(not(windows), path = \"linux.rs\")]",
        ] {
            let folder = tempfile::tempdir().unwrap();
            let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
            write("lib.rs", &format!("{attributes} mod b; fn call() {{ b::run(); }}"));
            for (b, c, count) in [("", "", 0), ("super::Root::new()", "", 1), ("", "crate::Root::new()", 1)] {
                write("linux.rs", &format!("mod c; fn run() {{ {b} }}"));
                write("c.rs", &format!("fn run() {{ {c} }}"));
                assert_eq!(graph_of(folder.path()).cycles().len(), count, "{attributes} {b} {c}");
            }
        }
    }

    #[test]
    fn follows_every_alternative_of_a_path_attribute() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let attributes =
            "#[cfg_attr(not(windows), path = \"one.rs\")] #[cfg_attr(windows, path = \"two.rs\")]";
        write("lib.rs", &format!("{attributes} mod b; fn call() {{ b::run(); }}"));
        for (one, two) in [("", "super::Root::new()"), ("super::Root::new()", "")] {
            write("one.rs", &format!("fn run() {{ {one} }}"));
            write("two.rs", &format!("fn run() {{ {two} }}"));
            assert_eq!(graph_of(folder.path()).cycles().len(), 1, "{one}");
        }
    }
}
