//! Stand-in until the room is merged.
use crate::model::Letter;
pub(super) struct Mail {
    pub letter: Letter,
    pub attachments: Vec<Attachment>,
    pub linked: Vec<String>,
}
pub(super) struct Attachment {
    pub name: String,
    pub bytes: Vec<u8>,
}
pub(super) fn is_mail(_: &[u8]) -> bool {
    false
}
pub(super) fn is_mailbox(_: &[u8]) -> bool {
    false
}
pub(super) fn mailbox(_: &[u8]) -> Vec<Vec<u8>> {
    Vec::new()
}
pub(super) fn open(_: &[u8]) -> Option<Mail> {
    None
}
