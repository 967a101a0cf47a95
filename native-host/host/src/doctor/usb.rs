//! Readers that are plugged in and that the usual driver does not know.

use crate::registration::Roots;
use eimza_protocol::{Diagnostic, Part, Problem};
use std::fs;

/// Vendor and product, the name in PC/SC, and the Debian package whose driver knows it: Debian 12's libccid
/// does not.
const UNKNOWN_TO_CCID: &[(&str, &str, &str, &str)] =
    &[("072f", "b102", "ACR39", "libacsccid1"), ("072f", "9000", "ACR38", "libacsccid1")];

/// Names such a reader among the findings, unless it is there all the same. It stands in the place of "no reader".
pub(super) fn add_reader_without_driver(findings: &mut Vec<Diagnostic>, roots: &Roots) {
    let Some((reader, package)) = driver_that_lacks(roots) else { return };
    findings.retain(|finding| finding.problem != Some(Problem::NoReader));
    if !findings.iter().any(|finding| finding.name.as_ref().is_some_and(|name| name.contains(reader))) {
        let problem = Some(Problem::ReaderDriver { package: package.to_owned() });
        findings.push(Diagnostic { part: Part::Reader, name: Some(reader.to_owned()), problem });
    }
}

/// The first such reader among the USB devices that the kernel shows: its name, and the package.
fn driver_that_lacks(roots: &Roots) -> Option<(&'static str, &'static str)> {
    let devices = fs::read_dir(roots.system.join("sys/bus/usb/devices")).ok()?;
    devices.flatten().find_map(|device| {
        let text = |name: &str| fs::read_to_string(device.path().join(name)).ok();
        let (vendor, product) = (text("idVendor")?, text("idProduct")?);
        let known =
            UNKNOWN_TO_CCID.iter().find(|(a, b, _, _)| (vendor.trim(), product.trim()) == (*a, *b))?;
        Some((known.2, known.3))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_needs_another_driver_is_found_by_its_numbers() {
        let folder = tempfile::tempdir().unwrap();
        let roots = Roots {
            home: "/nonexistent".into(),
            config: "/nonexistent".into(),
            system: folder.path().into(),
        };
        assert_eq!(driver_that_lacks(&roots), None);
        for (name, vendor, product) in [("1-1", "072f", "90cc"), ("1-2", "1d6b", "b102")] {
            let device = folder.path().join("sys/bus/usb/devices").join(name);
            fs::create_dir_all(&device).unwrap();
            fs::write(device.join("idVendor"), format!("{vendor}\n")).unwrap();
            fs::write(device.join("idProduct"), format!("{product}\n")).unwrap();
        }
        assert_eq!(driver_that_lacks(&roots), None);
        fs::write(folder.path().join("sys/bus/usb/devices/1-1/idProduct"), "b102\n").unwrap();
        assert_eq!(driver_that_lacks(&roots), Some(("ACR39", "libacsccid1")));
    }
}
