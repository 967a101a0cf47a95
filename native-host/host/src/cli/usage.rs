//! The usage text.

use crate::registration::browsers;

/// The usage text, with the placeholder `{browsers}`.
const USAGE: &str = "\
eimza-host: e-İmza Yardımcısı'nın kart programı / the card program of e-İmza Yardımcısı

  eimza-host status [--json | --report] [--lang tr|en]
  eimza-host watch
  eimza-host doctor [--json] [--lang tr|en]
  eimza-host unlock [--reader NAME] [--no-reader-keys] [--json] [--lang tr|en]
  eimza-host change-pin [--reader NAME] [--no-reader-keys] [--json] [--lang tr|en]
  eimza-host change-puk [--reader NAME] [--no-reader-keys] [--json] [--lang tr|en]
  eimza-host register|unregister [--user|--system] [--browser NAME]... [--dry-run] [--force] [--lang tr|en]
  eimza-host --version | --help

doctor: nerede takıldığını ve çaresini söyler. / says what is wrong and how to mend it.
--browser: {browsers}
register: tarayıcılara bu programın yerini bildirir. / tells browsers where this program is.
--report: kişisel bilgi içermeyen kart raporu. / card report without personal data.
PIN ve PUK yalnızca kendi penceresinde ya da okuyucunun tuşlarıyla yazılır. / PIN and PUK are typed in its own window or on the keys of the reader only.
--no-reader-keys: kodlar okuyucuda değil, pencerede yazılır. / codes are typed in the window, not on the reader.
Tarayıcı tarafından bağımsız değişkensiz başlatılır. / Started without a command by the browser.
";

/// Returns the usage text.
pub(super) fn usage_text() -> String {
    let ids: Vec<_> = browsers().iter().map(|browser| browser.id.as_str()).collect();
    USAGE.replace("{browsers}", &ids.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANUAL_PAGES: [&str; 2] = [
        include_str!("../../../../packaging/deb/man/en/eimza-host.1"),
        include_str!("../../../../packaging/deb/man/tr/eimza-host.1"),
    ];

    #[test]
    fn lists_every_browser() {
        let usage = usage_text();
        let line = usage.lines().find_map(|line| line.strip_prefix("--browser: ")).unwrap();
        let ids: Vec<_> = browsers().iter().map(|browser| browser.id.as_str()).collect();
        assert_eq!(line.split(", ").collect::<Vec<_>>(), ids);
        assert!(ids.len() > 1);
    }

    #[test]
    fn manual_pages_list_every_browser() {
        let ids: Vec<_> = browsers().iter().map(|browser| browser.id.as_str()).collect();
        for manual in MANUAL_PAGES {
            let option =
                manual.split_once(".BI \\-\\-browser ").and_then(|(_, rest)| rest.lines().nth(1)).unwrap();
            let listed = option.split_once(": ").and_then(|(_, rest)| rest.split_once('.')).unwrap().0;
            let listed = listed.replace(" ya da ", ", ").replace(" or ", ", ");
            assert_eq!(listed.split(", ").collect::<Vec<_>>(), ids);
        }
    }

    #[test]
    fn manual_pages_name_every_command_and_option() {
        let manuals = MANUAL_PAGES.map(|manual| manual.replace("\\-", "-"));
        let usage = usage_text();
        let words = usage.split(|char: char| !(char.is_ascii_alphanumeric() || "-_".contains(char)));
        let commands =
            ["status", "watch", "doctor", "unlock", "change-pin", "change-puk", "register", "unregister"];
        for name in words.filter(|word| word.starts_with("--") || commands.contains(word)) {
            assert!(manuals.iter().all(|manual| manual.contains(name)), "{name}");
        }
    }
}
