//! A web page as a row of tags and texts, with the few attributes that tables are read by. The only html5gum.
//!
//! Knows nothing of tables. Nothing is kept of what is not asked for: a tag may have a million attributes.

use std::collections::BTreeMap;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// The attributes that are kept.
const KEPT: [&str; 10] = [
    "colspan", "rowspan", "style", "src", "sdval", "x:num", "x:str", "x:err", "x:bool", "x:fmla",
];
/// How much of a comment is kept: enough for the condition that it may be.
const OF_A_COMMENT: usize = 64;

/// Attributes by their names in small letters, with entities resolved.
pub(super) type Attributes = BTreeMap<&'static str, String>;

/// One piece of a page. Names of tags are in small letters.
pub(super) enum Token {
    Open(String, Attributes),
    Close(String),
    Text(String),
    /// Its beginning. `<![if …]>` is one too.
    Comment(String),
}

/// The pieces of a page, in order.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut emitter = CallbackEmitter::new(Pieces::default());
    // What is in scripts and styles is no markup.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).map(|token| match token {
        Ok(token) => token,
        Err(never) => match never {},
    })
}

/// The tag being read.
#[derive(Default)]
struct Pieces {
    name: String,
    attributes: Attributes,
    /// The attribute whose value comes next.
    attribute: Option<&'static str>,
}

impl Callback<Token, ()> for Pieces {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Token> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.name = string(name);
                self.attributes.clear();
                self.attribute = None;
                None
            }
            CallbackEvent::AttributeName { name } => {
                let kept = KEPT.iter().find(|kept| kept.as_bytes() == name);
                // The first of two of the same name counts.
                self.attribute = kept
                    .copied()
                    .filter(|name| !self.attributes.contains_key(name));
                if let Some(name) = self.attribute {
                    self.attributes.insert(name, String::new());
                }
                None
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(name) = self.attribute.take() {
                    self.attributes.insert(name, string(value));
                }
                None
            }
            CallbackEvent::CloseStartTag { .. } => Some(Token::Open(
                std::mem::take(&mut self.name),
                std::mem::take(&mut self.attributes),
            )),
            CallbackEvent::EndTag { name } => Some(Token::Close(string(name))),
            CallbackEvent::String { value } => Some(Token::Text(string(value))),
            CallbackEvent::Comment { value } => {
                let beginning = value.get(..OF_A_COMMENT).unwrap_or(value);
                Some(Token::Comment(string(beginning)))
            }
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => None,
        }
    }
}

fn string(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
