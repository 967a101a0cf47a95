//! What Windows shows of the program and how it treats it: version, manifest and icon. Elsewhere nothing is done.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Turkish, in the numbers of Windows.
const TURKISH: u16 = 0x041F;
/// The icon's sizes, which are pictures of the extension.
const SIZES: [u8; 4] = [16, 32, 48, 128];
const MANIFEST: &str = "../../packaging/windows/eimza-host.manifest";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed={MANIFEST}");
    println!("cargo:rerun-if-changed=../../extension/icons");
    if env::var_os("CARGO_CFG_WINDOWS").is_none() {
        return Ok(());
    }
    println!("cargo:rustc-link-arg-bins=-Wl,--no-insert-timestamp"); // the same program from the same sources
    let icon = icon()?;
    winresource::WindowsResource::new()
        .set("ProductName", "e-İmza Yardımcısı")
        .set("FileDescription", "e-İmza Yardımcısı kart programı")
        .set("InternalName", "eimza-host")
        .set("OriginalFilename", "eimza-host.exe")
        .set("LegalCopyright", "MIT OR Apache-2.0")
        .set_language(TURKISH)
        .set_manifest_file(MANIFEST)
        .set_icon(&icon.to_string_lossy())
        .compile()
}

/// The pictures in one file, as they are: since Windows Vista an icon may hold PNG pictures.
fn icon() -> io::Result<PathBuf> {
    let pictures = SIZES.map(|size| fs::read(Path::new("../../extension/icons").join(format!("{size}.png"))));
    let mut file = vec![0, 0, 1, 0, SIZES.len() as u8, 0];
    let mut rest = Vec::new();
    let mut at = (6 + 16 * SIZES.len()) as u32;
    for (size, picture) in SIZES.into_iter().zip(pictures) {
        let picture = picture?;
        file.extend([size, size, 0, 0, 1, 0, 32, 0]);
        file.extend((picture.len() as u32).to_le_bytes());
        file.extend(at.to_le_bytes());
        at += picture.len() as u32;
        rest.extend(picture);
    }
    file.extend(rest);
    let place = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("eimza.ico");
    fs::write(&place, file)?;
    Ok(place)
}
