//! How large a tree a text of HTML would make, by the rules by which browsers and `ammonia` make one: without it, as it grows.
//!
//! A few tags that are never closed are opened anew in each paragraph behind them, and every tag looks through all that are open: what ten
//! thousand of them cost is no longer in any proportion to the text.

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, QualName, local_name, ns, parse_fragment};
use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

/// The deepest nesting of a body: what a person writes has ten levels, and browsers show no more than five hundred.
pub const DEEPEST: usize = 256;

/// Bytes that are read between two looks at the tree.
const STEP: usize = 4096;

/// Whether `html` makes a tree deeper than [`DEEPEST`], or of more elements than it can have written.
pub fn is_wild(html: &str) -> bool {
    let size = Rc::new(Size::default());
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let mut parser =
        parse_fragment(Sink { size: size.clone(), document: Node::nameless() }, Default::default(), context, Vec::new(), false);
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, later) = rest.split_at(rest.floor_char_boundary(STEP.min(rest.len())));
        parser.process(StrTendril::from(piece));
        // The shortest tag has three bytes.
        if size.depth.get() > DEEPEST || size.elements.get() > html.len() / 3 + 1000 {
            return true;
        }
        rest = later;
    }
    false
}

#[derive(Default)]
struct Size {
    depth: Cell<usize>,
    elements: Cell<usize>,
}

struct Node {
    /// Empty for what is no element.
    name: QualName,
    depth: Cell<usize>,
    /// What stands in a template.
    inside: Cell<Option<Rc<Node>>>,
}

impl Node {
    fn new(name: QualName) -> Rc<Node> {
        Rc::new(Node { name, depth: Cell::new(0), inside: Cell::new(None) })
    }

    fn nameless() -> Rc<Node> {
        Node::new(QualName::new(None, ns!(), local_name!("")))
    }
}

/// Notes how deep each node stands and keeps nothing of the tree.
struct Sink {
    size: Rc<Size>,
    document: Rc<Node>,
}

impl Sink {
    fn put(&self, child: NodeOrText<Rc<Node>>, depth: usize) {
        if let NodeOrText::AppendNode(node) = child {
            node.depth.set(depth);
            self.size.depth.set(self.size.depth.get().max(depth));
        }
    }
}

impl TreeSink for Sink {
    type Handle = Rc<Node>;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn get_document(&self) -> Rc<Node> {
        self.document.clone()
    }

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        let inside = target.inside.take().unwrap_or_else(Node::nameless);
        inside.depth.set(target.depth.get() + 1);
        target.inside.set(Some(inside.clone()));
        inside
    }

    fn same_node(&self, x: &Rc<Node>, y: &Rc<Node>) -> bool {
        Rc::ptr_eq(x, y)
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> Rc<Node> {
        self.size.elements.set(self.size.elements.get() + 1);
        Node::new(name)
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        Node::nameless()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        Node::nameless()
    }

    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.put(child, parent.depth.get() + 1);
    }

    fn append_before_sibling(&self, sibling: &Rc<Node>, node: NodeOrText<Rc<Node>>) {
        self.put(node, sibling.depth.get());
    }

    fn append_based_on_parent_node(&self, element: &Rc<Node>, previous: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.put(child, element.depth.get().max(previous.depth.get() + 1));
    }

    fn parse_error(&self, _: Cow<'static, str>) {}
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn add_attrs_if_missing(&self, _: &Rc<Node>, _: Vec<Attribute>) {}
    fn remove_from_parent(&self, _: &Rc<Node>) {}
    fn reparent_children(&self, _: &Rc<Node>, _: &Rc<Node>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_grows_out_of_proportion_is_wild() {
        for calm in [
            "<table>".to_owned() + &"<tr><td>a<td>b".repeat(5000),
            "<p>a<br>b</p><template><p>x</p></template><svg><path/></svg>".repeat(100),
            "<ul><li>".repeat(40),
            "<b>a</b>".repeat(20_000),
        ] {
            assert!(!is_wild(&calm), "{:.80}", calm);
        }
        for wild in [
            "<div>".repeat(100_000),
            "<div><table></div></table>".repeat(10_000),
            "<li><dd>".repeat(10_000),
            "<p>".to_owned() + &(0..100).map(|n| format!("<b id={n}>")).collect::<String>() + &"</p><p>x".repeat(10_000),
            (0..400).map(|n| format!("<b id={n}><table></b></table>")).collect::<String>() + &"<p>x</p>".repeat(10_000),
        ] {
            assert!(is_wild(&wild), "{:.80}", wild);
        }
    }
}
