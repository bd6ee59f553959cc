//! A body of HTML as its tags and texts, for what is made of it beside its page: a letter, a plain text. A doorway to the tokenizer of
//! `html5ever`, which reads references, quotes and what is left open as browsers do.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token as Read, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;

/// A tag or a text; names are in lower case, and nothing is escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Start { name: String, attributes: Vec<(String, String)> },
    End(String),
    Text(String),
}

/// The tags and texts of `html` in their order. Comments are left out.
pub fn tokens(html: &str) -> Vec<Token> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // A script would stop it; a body has none.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[derive(Default)]
struct Sink(RefCell<Vec<Token>>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Read, _: u64) -> TokenSinkResult<()> {
        let mut out = self.0.borrow_mut();
        match token {
            Read::TagToken(Tag { kind: TagKind::StartTag, name, attrs, .. }) => {
                let attributes = attrs.into_iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                out.push(Token::Start { name: name.to_string(), attributes });
            }
            Read::TagToken(Tag { name, .. }) => out.push(Token::End(name.to_string())),
            Read::CharacterTokens(text) => match out.last_mut() {
                Some(Token::Text(before)) => before.push_str(&text),
                _ => out.push(Token::Text(text.to_string())),
            },
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_texts_come_as_browsers_read_them() {
        let text = |text: &str| Token::Text(text.to_owned());
        let attributes = vec![("href".to_owned(), "x?a=1&b=>".to_owned())];
        let read = tokens("<p>1 &lt; 2 <!-- no --><A href='x?a=1&amp;b=>'>«а»</A><br>");
        assert_eq!(
            read,
            [
                Token::Start { name: "p".into(), attributes: Vec::new() },
                text("1 < 2 "),
                Token::Start { name: "a".into(), attributes },
                text("«а»"),
                Token::End("a".into()),
                Token::Start { name: "br".into(), attributes: Vec::new() },
            ]
        );
    }
}
