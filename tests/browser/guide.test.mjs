// Procedures in the panel: choosing, ticking, persistence, hints on pages, printing.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { PANEL, launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { until } from './until.mjs';

const LOGIN = 'https://portal.kamusm.gov.tr/bp/ws.go';
const FORM = `${LOGIN}?ekran=form`;
const READER = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';

let browser;
before(async () => { browser = await launch({ host: null }); });
after(() => browser?.close());
beforeEach(async () => {
  if (await browser.panelIsOpen()) {
    await browser.pressToolbarButton(browser.context.pages()[0]);
    await until('the closed panel', async () => !await browser.panelIsOpen());
  }
  await (await browser.worker()).evaluate(() => chrome.storage.local.clear());
});

const stored = async () => (await (await browser.worker()).evaluate(() => chrome.storage.local.get('notebook'))).notebook;

/** Opens a procedure in the panel, as somebody. */
async function open(procedure, role) {
  const panel = await browser.openPanel();
  await panel.press(procedure);
  if (role) await panel.chooseRole(role);
  await panel.page.getByRole('heading', { name: 'Adımlar' }).waitFor();
  return panel;
}

/** Opens the part that names the sources and the other editions. */
const openSources = (panel) => panel.page.locator('#sources > summary').click();

const box = (panel, step) => panel.page.locator(`#tick-${step}`);
const isTicked = (panel, step) => until(`${step} ticked`, () => box(panel, step).isChecked());

describe('a procedure', () => {
  test('asks for the role where it decides who pays', async () => {
    const panel = await browser.openPanel();
    await panel.press('Yenileme');
    await panel.waitForText('Göreviniz');
    await panel.waitForText('Cep telefonunuz');
    assert.equal(await panel.page.locator('.steps').count(), 0);
    await panel.chooseRole('Aile hekimi');
    await panel.waitForText('1. 3 yıllık sertifika (NES) bedelini yatırın');
    await panel.chooseRole('Aile hekimliği dışındaki personel');
    await panel.waitForText('1. Başvuru portalına girin');
    await panel.press('Ana sayfa');
    await panel.press('İlk başvuru');
    await panel.waitForText('Göreviniz: Aile hekimliği dışındaki personel');
    assert.equal(await panel.page.getByRole('radio').count(), 0, 'it is not asked again');
  });

  test('starts with what is needed, links to the page, names source and date', async () => {
    const panel = await open('Kart okuyucu alma');
    await openSources(panel);
    const text = await panel.text();
    assert.ok(text.indexOf('Gerekli bilgi ve belgeler') < text.indexOf('Adımlar'));
    assert.match(text, /Adres kısmında hiçbir kısaltma/);
    assert.match(text, /Kaynak: .*27\.12\.2023\. Son kontrol: \d\d\.\d\d\.20\d\d/);
    assert.equal(await panel.page.locator('#link-form').getAttribute('href'), READER);
  });

  test('starts with the call to Kamu SM for a lost card, and says who pays', async () => {
    const panel = await open('Kayıp ya da çalıntı kart');
    const first = panel.page.locator('.steps > li').first();
    assert.match(await first.innerText(), /444\s5\s576/);
    assert.match(await first.innerText(), /ücreti siz ödersiniz/);
  });

  test('depends on the operating system', async () => {
    const panel = await open('PIN kilidini çözme');
    await panel.waitForText('Linux için AKİS sürücüsünü kurun');
    assert.doesNotMatch(await panel.text(), /Windows için|macOS için/);
  });

  test('shows the institution’s account only when an institution is chosen', async () => {
    const panel = await open('Yenileme', 'Aile hekimi');
    assert.doesNotMatch(await panel.text(), /TR41/);
    await panel.choose('Kurumunuz', 'Mersin');
    await panel.waitForText('TR41 0001 2009 5940 0005 0000 47');
    await panel.waitForText('Yatırmadan önce kurumunuza sorun');
    await panel.choose('Kurumunuz', 'Kurum seçin…');
    await until('no account', async () => !(await panel.text()).includes('TR41'));
  });

  test('names the steps that the newest edition replaced and since when, and shows the old edition on demand', async () => {
    const panel = await open('Kayıp ya da çalıntı kart');
    assert.doesNotMatch(await panel.text(), /Excel|Kaynak:/, 'closed at first');
    await openSources(panel);
    await panel.waitForText('Excel listesi kalktı');
    assert.match(await panel.text(), /01\.04\.2022 tarihinden beri/);
    await panel.choose('Hangi kılavuza göre?', 'Mersin');
    await panel.waitForText('Excel listesini doldurup');
    await panel.page.locator('#unfold-excel').click();
    await panel.waitForText('Değişti:');
    assert.equal((await stored()).procedures.lost.edition, 'guide');
  });
});

describe('a tick', () => {
  test('can be set, is counted and announced, and can be removed', async () => {
    const panel = await open('Kart okuyucu alma');
    await box(panel, 'form').check();
    await until('the announcement', async () => (await panel.page.locator('[role=status]#live').innerText()).includes('1 / 3 adım tamam'));
    assert.equal(await panel.page.locator('[aria-current=step]').innerText().then((text) => text.includes('2. Bedelini')), true);
    await box(panel, 'form').uncheck();
    await until('the stored tick', async () => (await stored()).procedures['card-reader'].hand.form === false);
  });

  test('is set by the next screen while the panel is open', async () => {
    const panel = await open('Yenileme', 'Aile hekimliği dışındaki personel');
    const [page] = browser.context.pages();
    await page.goto(LOGIN);
    await until('the step of the page', async () => (await panel.page.locator('[aria-current=step]').innerText()).includes('Başvuru portalına girin'));
    assert.equal(await box(panel, 'enter').isChecked(), false);
    await page.goto(FORM);
    await isTicked(panel, 'enter');
    await until('the next step', async () => (await panel.page.locator('[aria-current=step]').innerText()).includes('Başvuru formunu doldurun'));
  });

  test('by a screen yields to the user’s own', async () => {
    const panel = await open('Yenileme', 'Aile hekimliği dışındaki personel');
    const [page] = browser.context.pages();
    await page.goto(FORM);
    await isTicked(panel, 'enter');
    await box(panel, 'enter').uncheck();
    await page.goto(LOGIN);
    await page.goto(FORM);
    await (await Overlay.on(page)).waitForText('Başvuru formunu doldurun');
    assert.equal(await box(panel, 'enter').isChecked(), false);
  });

  test('is not lost when another is set at the same time', async () => {
    const panel = await open('Kart okuyucu alma');
    const ticks = ['form', 'pay', 'wait'];
    await panel.page.evaluate((steps) => Promise.all(steps.map((step) => chrome.runtime.sendMessage({
      type: 'applyChange', change: { change: 'tick', procedure: 'card-reader', step, done: true },
    }))), ticks);
    assert.deepEqual((await stored()).procedures['card-reader'].hand, { form: true, pay: true, wait: true });
    await panel.waitForText('Bütün adımlar tamam.');
  });

  test('can be cleared with all others, after confirmation', async () => {
    const panel = await open('Kart okuyucu alma');
    await box(panel, 'form').check();
    await panel.press('Baştan başla');
    await panel.waitForText('işaretlediğiniz bütün adımlar silinecek');
    await panel.press('Vazgeç');
    assert.ok(await box(panel, 'form').isChecked());
    await panel.press('Baştan başla');
    await panel.press('Evet, işaretleri kaldır');
    await until('the cleared tick', async () => !await box(panel, 'form').isChecked());
    await until('the cleared ticks', async () => Object.keys((await stored()).procedures['card-reader'].hand).length === 0);
  });
});

describe('a step that is not needed', () => {
  test('is left out of the total, the next step follows, and a click brings it back', async () => {
    const panel = await open('Kart okuyucu alma');
    await panel.page.locator('#skip-form').click();
    await panel.waitForText('gerekmiyor');
    await until('the next step', async () => (await panel.page.locator('[aria-current=step]').innerText()).includes('1. Bedelini'));
    await until('the announcement', async () => (await panel.page.locator('#live').innerText()).includes('0 / 2 adım tamam'));
    assert.deepEqual((await stored()).procedures['card-reader'].skipped, ['form']);
    await panel.page.locator('#unfold-form').click();
    await panel.press('Bu adım gerekiyor');
    await until('the step', async () => (await panel.page.locator('[aria-current=step]').innerText()).includes('1. '));
    await until('the stored step', async () => (await stored()).procedures['card-reader'].skipped === undefined);
  });

  test('is done when it is ticked, and a step that is done offers no “Gerekmiyor”', async () => {
    const panel = await open('Kart okuyucu alma');
    await panel.page.locator('#skip-form').click();
    await panel.waitForText('gerekmiyor');
    await box(panel, 'form').check();
    await panel.waitForText('2. Bedelini');
    await panel.page.locator('#unfold-form').click();
    await until('the expanded step', async () => (await panel.page.locator('#step-form').innerText()).includes('kısaltma'));
    assert.equal(await panel.page.locator('#skip-form, #need-form').count(), 0);
    assert.deepEqual((await stored()).procedures['card-reader'].hand, { form: true });
  });
});

test('choices, ticks and folded parts survive a restart of the browser', async () => {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-profile-'));
  try {
    const first = await launch({ profile });
    try {
      const panel = await first.openPanel();
      await panel.press('Yenileme');
      await panel.chooseRole('Aile hekimliği dışındaki personel');
      await panel.page.locator('#tick-enter').check();
      const [page] = first.context.pages();
      await page.goto(LOGIN);
      await (await Overlay.on(page)).press('Küçült');
      await until('the stored tick', async () => (await (await first.worker()).evaluate(() => (
        chrome.storage.local.get('notebook')))).notebook?.procedures.renewal?.hand.enter);
    } finally {
      await first.close();
    }
    const second = await launch({ profile });
    try {
      const panel = await second.openPanel();
      await panel.waitForText('1 / 7 adım tamam');
      await panel.page.locator('#open-renewal').click();
      await panel.waitForText('Göreviniz: Aile hekimliği dışındaki personel');
      assert.ok(await panel.page.locator('#tick-enter').isChecked());
      const [page] = second.context.pages();
      await page.goto(LOGIN);
      await (await Overlay.on(page)).waitForCount(1, 'corner-tab');
    } finally {
      await second.close();
    }
  } finally {
    fs.rmSync(profile, { recursive: true, force: true });
  }
});

describe('the way of signing', () => {
  test('is asked in its step, ticks it, and hides the steps on paper', async () => {
    await browser.setSavedState({ role: 'other-staff', current: 'renewal', procedures: { renewal: { hand: { enter: true, fill: true } } } });
    const panel = await browser.openPanel();
    await panel.page.locator('#resume').click();
    await panel.waitForText('Formu yazdırıp imzalayın');
    await panel.page.getByLabel('E-İMZA', { exact: true }).click();
    await isTicked(panel, 'sign');
    assert.doesNotMatch(await panel.text(), /yazdırıp|Formu biriminize|Yazıcı/);
    await panel.waitForText('Kaldığınız yer: Yenileme 4/5');
    await panel.page.locator('#unfold-sign').click();
    await panel.page.getByLabel('ISLAK İMZA', { exact: true }).click();
    await panel.waitForText('Kaldığınız yer: Yenileme 4/7 – Formu yazdırıp imzalayın');
  });
});

describe('the line on top of the panel', () => {
  const TOP = { width: 360, height: 725 };
  const line = (panel) => panel.page.locator('#resume');

  test('stays where a button was that its own click removes', async () => {
    const panel = await open('Kayıp ya da çalıntı kart');
    await panel.page.setViewportSize(TOP);
    const isInView = (id) => panel.page.evaluate((id) => {
      const { top, bottom } = document.getElementById(id)?.getBoundingClientRect() ?? {};
      return document.activeElement?.id === id && top >= 0 && bottom <= innerHeight;
    }, id);
    for (const [pressed, focused] of [['start-again', 'start-again-not'], ['start-again-not', 'start-again'], ['skip-call', 'tick-call']]) {
      await panel.page.locator(`#${pressed}`).click();
      await until(`the focus on ${focused}`, () => isInView(focused));
    }
    await panel.page.close();
  });

  test('names the next step without scrolling, and one click scrolls to it', async () => {
    await browser.setSavedState({ role: 'other-staff', current: 'renewal', procedures: { renewal: { hand: { enter: true, fill: true, sign: true } } } });
    const panel = await browser.openPanel();
    await panel.page.setViewportSize(TOP);
    assert.match(await line(panel).innerText(), /^Kaldığınız yer: Yenileme 4\/7 – Formu yazdırıp imzalayın$/);
    const { y, height } = await line(panel).boundingBox();
    assert.ok(y >= 0 && y + height <= TOP.height);
    await line(panel).click();
    const step = panel.page.locator('#step-print');
    await until('the step at the top', async () => {
      const box = await step.boundingBox();
      return box !== null && box.y >= -1 && box.y < TOP.height / 2;
    });
    assert.equal(await panel.page.evaluate(() => document.activeElement.id), 'tick-print');
  });

  test('is not there before a procedure was opened, and not when all steps are done', async () => {
    const panel = await browser.openPanel();
    await panel.waitForText('Ne yapmak istiyorsunuz?');
    assert.equal(await line(panel).count(), 0);
    await panel.press('Kart okuyucu alma');
    await panel.waitForText('Kaldığınız yer: Kart okuyucu alma 1/3');
    for (const step of ['form', 'pay', 'wait']) await box(panel, step).check();
    await panel.waitForText('Bütün adımlar tamam.');
    assert.equal(await line(panel).count(), 0);
  });

  test('says where in the old way an old screen stands', async () => {
    await browser.setSavedState({ current: 'unlock' });
    const panel = await browser.openPanel();
    const [page] = browser.context.pages();
    await page.goto('https://nesbireysel.kamusm.gov.tr/nb.go?ekran=menu');
    await (await Overlay.on(page)).waitForText('PIN kilidini çözme (eski yol), adım 10 / 12');
    await panel.waitForText('Açık sayfa: PIN kilidini çözme (eski yol), adım 10 / 12');
    await panel.waitForText('Kaldığınız yer: PIN kilidini çözme 1/5');
  });
});

describe('a page', () => {
  test('of one procedure names it, and its button opens the steps', async () => {
    const [page] = browser.context.pages();
    await page.goto(READER);
    const overlay = await Overlay.on(page);
    await overlay.waitForText('Kart okuyucu alma, adım 1 / 3');
    await overlay.press('İşlem adımlarını göster');
    const panel = await browser.panel();
    await panel.waitForText('1. “Kart Okuyucu Müşteri Başvurusu”nu doldurun');
  });

  test('of several procedures lists them until the user chooses one', async () => {
    const [page] = browser.context.pages();
    await page.goto(FORM);
    const overlay = await Overlay.on(page);
    await overlay.waitForText('Bu sayfa şu işlemlerde kullanılır: İlk başvuru, Yenileme');
    await overlay.press('İşlem adımlarını göster');
    const panel = await browser.panel();
    await until('two marked procedures', async () => await panel.page.locator('.procedure.here').count() === 2);
    await panel.page.locator('#open-renewal').click();
    await panel.chooseRole('Aile hekimliği dışındaki personel');
    await overlay.waitForText('Yenileme, adım 2 / 7: Başvuru formunu doldurun');
    await page.locator('[name=basvuruNedeni]').focus();
    await overlay.waitForText('Yenileme için “Yenileme”yi seçin.');
  });
});

test('without a PUK the panel leads through the official procedure, screen by screen', async () => {
  await browser.setSavedState({ current: 'unlock' });
  const [page] = browser.context.pages();
  await page.goto('https://onlineislemler.kamusm.gov.tr/landing');
  const overlay = await Overlay.on(page);
  await overlay.waitForText('PIN kilidini çözme, adım 3 / 5: Online İşlemler’e e-Devlet ile girin');
  for (const button of ['Giriş', 'E-devlet ile Giriş', 'E-devlet Kapısına Git']) {
    await page.getByRole('button', { name: button, exact: true }).click();
  }
  await overlay.waitForText('adım 4 / 5: “PIN Oluşturma/Kilit Çözme”yi seçin');
  await until('the ticked step', async () => (await stored())?.procedures?.unlock?.seen.includes('online'));
});

test('every checklist fits on one printed page', async () => {
  const worker = await browser.worker();
  const page = await browser.context.newPage();
  const editions = {
    'first-application': '2024-03-12', renewal: '2024-03-12', lost: '2022-04-01', 'card-reader': '2023-12-27', unlock: '2022-01',
  };
  for (const [procedure, newest] of Object.entries(editions)) {
    for (const edition of [newest, 'guide']) {
      for (const [role, lang] of [['family-physician', 'tr'], ['family-physician', 'en'], ['other-staff', 'tr'], ['other-staff', 'en']]) {
        await worker.evaluate((values) => chrome.storage.local.set(values), {
          lang, notebook: { role, institution: 'mersin', procedures: { [procedure]: { edition } } },
        });
        await page.goto(new URL(`list.html?islem=${procedure}`, PANEL).href);
        await page.locator('.steps > li').first().waitFor();
        const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
        assert.equal(pdf.match(/\/Type\s*\/Page\b(?!s)/g).length, 1, `${procedure} ${edition} ${role} ${lang}`);
      }
    }
  }
  await page.close();
});
