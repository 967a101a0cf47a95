#!/usr/bin/env node
// A scripted pinentry. It is copied to a folder of its own under the name `pinentry`, next to `answers.json`:
//   { "PUK": ["12345678"], "Yeni PIN": ["739164"], "CONFIRM": ["yes"] }
// by SETPROMPT label; the last answer of a list is repeated. Special answers:
//   <cancel> the user closes the window, <timeout> the user does not answer, <die> the program exits,
//   <wait> the window stays open until the program is killed,
//   <first yes> confirms for the first program, and goes on to the next answer for every later one,
//   <pause> waits until a file `go` exists in the folder, then gives the next answer,
//   <once:…> enters a code into a single field although a repeat was requested.
// "repeat": false simulates a program without SETREPEAT; with "deaf": true it ignores the end of its input,
// like a real program while its window is open. Every received line is appended to the file `commands`;
// entered codes are not.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');

const folder = path.dirname(process.argv[1]);
const answers = JSON.parse(fs.readFileSync(path.join(folder, 'answers.json'), 'utf8'));
const isFirst = !fs.existsSync(path.join(folder, 'commands'));
const log = fs.openSync(path.join(folder, 'commands'), 'a');
fs.writeFileSync(path.join(folder, 'pid'), String(process.pid));

let prompt = '';
let repeat = false;

function next(label) {
  const list = answers[label] ?? ['<cancel>'];
  return list.length > 1 ? list.shift() : list[0];
}

function answer(label) {
  const text = next(label);
  switch (text) {
    case '<cancel>': return 'ERR 83886179 Operation cancelled <Pinentry>';
    case '<timeout>': return 'ERR 83886142 Timeout <Pinentry>';
    case '<first yes>': return isFirst ? 'OK' : answer(label);
    case '<die>': process.exit(1); break;
    case '<wait>': return null;
    case '<pause>': {
      const timer = setInterval(() => {
        if (!fs.existsSync(path.join(folder, 'go'))) return;
        clearInterval(timer);
        process.stdout.write(`${answer(label)}\n`);
      }, 20);
      return null;
    }
    default: {
      const once = /^<once:(.*)>$/u.exec(text);
      const repeated = repeat && !once;
      repeat = false;
      if (label === 'CONFIRM') return 'OK';
      return `${repeated ? 'S PIN_REPEATED\n' : ''}D ${once ? once[1] : text}\nOK`;
    }
  }
}

function reply(line) {
  const [verb, ...rest] = line.split(' ');
  switch (verb) {
    case 'SETPROMPT': prompt = decodeURIComponent(rest.join(' ')); return 'OK';
    case 'SETREPEAT':
      if (answers.repeat === false) return 'ERR 83886355 Unknown command';
      repeat = true;
      return 'OK';
    case 'GETINFO': return answers.flavor ? `D ${answers.flavor}\nOK` : 'ERR 83886355 Unknown option';
    case 'GETPIN': return answer(prompt);
    case 'CONFIRM': return answer('CONFIRM');
    case 'MESSAGE': return null; // the window stays open
    case 'BYE': process.stdout.write('OK closing connection\n'); process.exit(0); break;
    default: return 'OK';
  }
}

process.stdout.write('OK Pleased to meet you\n');
readline.createInterface({ input: process.stdin, terminal: false })
  .on('line', (line) => {
    fs.writeSync(log, `${line}\n`);
    const text = reply(line);
    if (text !== null) process.stdout.write(`${text}\n`);
  })
  .on('close', () => (answers.deaf ? setInterval(() => {}, 1000) : process.exit(0)));
