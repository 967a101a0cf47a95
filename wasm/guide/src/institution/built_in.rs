//! The built-in profiles.

use super::model::Institution;
use std::sync::OnceLock;

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/institutions"));

/// Returns all built-in profiles.
pub fn institutions() -> &'static [Institution] {
    static INSTITUTIONS: OnceLock<Vec<Institution>> = OnceLock::new();
    INSTITUTIONS.get_or_init(|| eimza_packed::read(PACKED))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    #[test]
    fn payment_rules_depend_on_procedure_and_role() {
        let mersin = &institutions()[0];
        let text = |procedure, role| {
            let rule = mersin.payment(procedure, Some(role))?;
            rule.description.as_ref().map(ToString::to_string)
        };
        assert!(text("renewal", Role::FamilyPhysician).unwrap().contains("3 Yıllık NES bedeli"));
        assert!(text("first-application", Role::FamilyPhysician).unwrap().contains("Mini Kart Okuyucu"));
        assert_eq!(text("renewal", Role::OtherStaff), None);
        assert!(mersin.payment("renewal", None).is_none());
    }
}
