//! Counts functions, files, documentation and forbidden words from the syntax tree.

use std::{fs, path::Path};

use syn::{Attribute, ImplItem, Item, Visibility, spanned::Spanned, visit::Visit};
use walkdir::WalkDir;

/// What was counted.
#[derive(Default)]
pub struct Count {
    /// Lines of each function, and where it is.
    pub functions: Vec<(usize, String)>,
    /// Lines of each file without its tests, and which.
    pub files: Vec<(usize, String)>,
    /// Public items of libraries.
    pub public: usize,
    /// Those without documentation.
    pub undocumented: Vec<String>,
    /// `unwrap` and `expect` in library code.
    pub unwraps: usize,
    /// Where they are.
    pub unwrap_places: Vec<String>,
    /// `unsafe` blocks and functions.
    pub unsafes: usize,
    lines: usize,
}

impl Count {
    /// Length that this share of functions does not exceed.
    pub fn function_quantile(&self, share: f64) -> usize {
        let mut lengths: Vec<usize> = self.functions.iter().map(|(lines, _)| *lines).collect();
        lengths.sort_unstable();
        lengths.get(((lengths.len() as f64 * share).ceil() as usize).saturating_sub(1)).copied().unwrap_or(0)
    }

    /// The longest function and its place.
    pub fn longest_function(&self) -> (usize, &str) {
        self.functions.iter().max().map_or((0, ""), |(lines, at)| (*lines, at))
    }

    /// The largest file.
    pub fn largest_file(&self) -> (usize, &str) {
        self.files.iter().max().map_or((0, ""), |(lines, at)| (*lines, at))
    }

    /// Median length of files.
    pub fn file_median(&self) -> usize {
        let mut lengths: Vec<usize> = self.files.iter().map(|(lines, _)| *lines).collect();
        lengths.sort_unstable();
        lengths.get(lengths.len() / 2).copied().unwrap_or(0)
    }

    /// Share of public items with documentation.
    pub fn documented(&self) -> f64 {
        1.0 - self.undocumented.len() as f64 / self.public.max(1) as f64
    }

    /// `unwrap` and `expect` for a thousand lines of library code.
    pub fn unwraps_per_thousand(&self) -> f64 {
        self.unwraps as f64 * 1000.0 / self.lines.max(1) as f64
    }
}

/// Counts over every crate.
pub fn count(root: &Path) -> Result<Count, String> {
    let mut count = Count::default();
    let folders = ["crates", "xtask"];
    for entry in
        folders.iter().flat_map(|folder| WalkDir::new(root.join(folder)).sort_by_file_name()).filter_map(Result::ok)
    {
        let path = entry.path();
        let name = path.strip_prefix(root).unwrap_or(path).display().to_string();
        if path.extension().is_some_and(|e| e == "rs") && name.contains("/src/") {
            let text = fs::read_to_string(path).map_err(|e| format!("{name}: {e}"))?;
            let file = syn::parse_file(&text).map_err(|e| format!("{name}: {e}"))?;
            one(&mut count, &file, &text, &name);
        }
    }
    Ok(count)
}

fn one(count: &mut Count, file: &syn::File, text: &str, name: &str) {
    let tests: usize = file.items.iter().filter(|item| is_test(item)).map(|item| length(item.span())).sum();
    let lines = text.lines().count() - tests;
    count.files.push((lines, name.to_owned()));
    let library = !name.starts_with("xtask") && !name.contains("depeche-cli");
    count.lines += if library { lines } else { 0 };
    let mut walk = Walk { count, name, library };
    for item in file.items.iter().filter(|item| !is_test(item)) {
        walk.visit_item(item);
    }
}

fn length(span: proc_macro2::Span) -> usize {
    span.end().line - span.start().line + 1
}

fn is_test(item: &Item) -> bool {
    matches!(item, Item::Mod(module) if module.attrs.iter().any(|a| a.path().is_ident("cfg")))
}

struct Walk<'c> {
    count: &'c mut Count,
    name: &'c str,
    library: bool,
}

impl Walk<'_> {
    fn public(&mut self, visibility: &Visibility, attributes: &[Attribute], ident: &dyn std::fmt::Display) {
        if self.library && matches!(visibility, Visibility::Public(_)) {
            self.count.public += 1;
            if !attributes.iter().any(|a| a.path().is_ident("doc")) {
                self.count.undocumented.push(format!("{} {ident}", self.name));
            }
        }
    }

    fn function(&mut self, ident: &syn::Ident, span: proc_macro2::Span) {
        self.count.functions.push((length(span), format!("{}:{} {ident}", self.name, span.start().line)));
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.public(&item.vis, &item.attrs, &item.sig.ident);
        self.count.unsafes += usize::from(item.sig.unsafety.is_some());
        self.function(&item.sig.ident, item.span());
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.public(&item.vis, &item.attrs, &item.ident);
        // A field is public no further than its struct.
        let open = matches!(item.vis, Visibility::Public(_));
        for field in item.fields.iter().filter(|_| open) {
            if let Some(ident) = &field.ident {
                self.public(&field.vis, &field.attrs, ident);
            }
        }
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.public(&item.vis, &item.attrs, &item.ident);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.public(&item.vis, &item.attrs, &item.ident);
        syn::visit::visit_item_trait(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        if let ImplItem::Fn(method) = item {
            self.public(&method.vis, &method.attrs, &method.sig.ident);
            self.function(&method.sig.ident, method.span());
        }
        syn::visit::visit_impl_item(self, item);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if self.library && (call.method == "unwrap" || call.method == "expect") {
            self.count.unwraps += 1;
            self.count.unwrap_places.push(format!("{}:{}", self.name, call.method.span().start().line));
        }
        syn::visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_unsafe(&mut self, block: &'ast syn::ExprUnsafe) {
        self.count.unsafes += 1;
        syn::visit::visit_expr_unsafe(self, block);
    }
}
