//! Which institution the user belongs to: chosen, imported from a file, or set by a browser policy.

mod profile_import;
pub(crate) mod profile_text;
mod section;
mod view;

#[cfg(test)]
pub(crate) use profile_import::Message;
pub(crate) use profile_import::ProfileImport as InstitutionSection;
