//! Compiles the Windows resources: version, application manifest and icon. Does nothing for other systems.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The Windows language identifier of Turkish.
const TURKISH: u16 = 0x041F;
/// The icon sizes; the extension uses the same images.
const SIZES: [u8; 4] = [16, 32, 48, 128];
const MANIFEST: &str = "../../packaging/windows/eimza-host.manifest";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed={MANIFEST}");
    println!("cargo:rerun-if-changed=../../extension/icons");
    if env::var_os("CARGO_CFG_WINDOWS").is_none() {
        return Ok(());
    }
    println!("cargo:rustc-link-arg-bins=-Wl,--no-insert-timestamp"); // for reproducible builds
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

/// Writes an icon file with the unmodified images: since Windows Vista it may contain PNG images.
fn icon() -> io::Result<PathBuf> {
    let images = SIZES.map(|size| fs::read(Path::new("../../extension/icons").join(format!("{size}.png"))));
    let mut file = vec![0, 0, 1, 0, SIZES.len() as u8, 0];
    let mut data = Vec::new();
    let mut offset = (6 + 16 * SIZES.len()) as u32;
    for (size, image) in SIZES.into_iter().zip(images) {
        let image = image?;
        file.extend([size, size, 0, 0, 1, 0, 32, 0]);
        file.extend((image.len() as u32).to_le_bytes());
        file.extend(offset.to_le_bytes());
        offset += image.len() as u32;
        data.extend(image);
    }
    file.extend(data);
    let path = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("eimza.ico");
    fs::write(&path, file)?;
    Ok(path)
}
