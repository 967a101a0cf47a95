"""Puts jcecard, an OpenPGP card that nobody of this project wrote, into the virtual reader of
vsmartcard-vpcd. Prints `ready`; ends when the reader or standard input closes."""

import logging
import os
import socket
import sys
import tempfile
import threading
from pathlib import Path

logging.disable(logging.CRITICAL)  # it logs whole commands
from jcecard.main import OpenPGPCard  # noqa: E402

POWER_OFF, POWER_ON, RESET, ATR = 0, 1, 2, 4


def receive(reader, length):
    data = b""
    while len(data) < length:
        part = reader.recv(length - len(data))
        if not part:
            sys.exit()
        data += part
    return data


def end_with_standard_input():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_standard_input, daemon=True).start()
with tempfile.TemporaryDirectory() as folder, socket.create_connection(("127.0.0.1", 35963)) as reader:
    card = OpenPGPCard(storage_path=Path(folder))
    print("ready", flush=True)
    while True:
        message = receive(reader, int.from_bytes(receive(reader, 2), "big"))
        if len(message) > 1:
            answer = card.process_apdu(message)
        elif message[0] == ATR:
            answer = card.get_atr()
        else:
            {POWER_OFF: card.power_off, POWER_ON: card.power_on, RESET: card.power_off}[message[0]]()
            continue
        reader.sendall(len(answer).to_bytes(2, "big") + answer)
