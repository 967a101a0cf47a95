//! Finds connected readers that the default driver does not support.

use crate::registration::Roots;
use eimza_protocol::{Diagnostic, Part, Problem};
use std::fs;

/// USB vendor and product, PC/SC name, and the Debian package with a driver, of readers that libccid of
/// Debian 12 does not support.
const UNSUPPORTED_BY_LIBCCID: &[(&str, &str, &str, &str)] =
    &[("072f", "b102", "ACR39", "libacsccid1"), ("072f", "9000", "ACR38", "libacsccid1")];

/// Adds a diagnostic for a connected reader without a driver, unless PC/SC lists the reader. Removes the
/// diagnostic "no reader".
pub(super) fn add_reader_without_driver(diagnostics: &mut Vec<Diagnostic>, roots: &Roots) {
    let Some((reader, package)) = unsupported_reader(roots) else { return };
    diagnostics.retain(|one| one.problem != Some(Problem::NoReader));
    if !diagnostics.iter().any(|one| one.name.as_ref().is_some_and(|name| name.contains(reader))) {
        let problem = Some(Problem::ReaderDriver { package: package.to_owned() });
        diagnostics.push(Diagnostic {
            part: Part::Reader,
            name: Some(reader.to_owned()),
            problem,
            route: None,
        });
    }
}

/// Returns the name and the package of the first unsupported reader among the kernel's USB devices.
fn unsupported_reader(roots: &Roots) -> Option<(&'static str, &'static str)> {
    let devices = fs::read_dir(roots.system.join("sys/bus/usb/devices")).ok()?;
    devices.flatten().find_map(|device| {
        let text = |name: &str| fs::read_to_string(device.path().join(name)).ok();
        let (vendor, product) = (text("idVendor")?, text("idProduct")?);
        let known =
            UNSUPPORTED_BY_LIBCCID.iter().find(|(a, b, _, _)| (vendor.trim(), product.trim()) == (*a, *b))?;
        Some((known.2, known.3))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_path_trust::TrustedOwners;

    #[test]
    fn reader_without_driver_is_found_by_vendor_and_product() {
        let folder = tempfile::tempdir().unwrap();
        let roots = Roots {
            home: "/nonexistent".into(),
            config: "/nonexistent".into(),
            system: folder.path().into(),
            trusted: TrustedOwners::in_tests(),
        };
        assert_eq!(unsupported_reader(&roots), None);
        for (name, vendor, product) in [("1-1", "072f", "90cc"), ("1-2", "1d6b", "b102")] {
            let device = folder.path().join("sys/bus/usb/devices").join(name);
            fs::create_dir_all(&device).unwrap();
            fs::write(device.join("idVendor"), format!("{vendor}\n")).unwrap();
            fs::write(device.join("idProduct"), format!("{product}\n")).unwrap();
        }
        assert_eq!(unsupported_reader(&roots), None);
        fs::write(folder.path().join("sys/bus/usb/devices/1-1/idProduct"), "b102\n").unwrap();
        assert_eq!(unsupported_reader(&roots), Some(("ACR39", "libacsccid1")));
    }
}
