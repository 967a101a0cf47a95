"""Inserts jcecard, a third-party OpenPGP card, into the virtual reader of vsmartcard-vpcd. Prints `ready`;
exits when the reader or standard input closes."""

import logging
import os
import socket
import sys
import tempfile
import threading
from pathlib import Path

logging.disable(logging.CRITICAL)  # it logs commands with their data
from jcecard.main import OpenPGPCard  # noqa: E402

POWER_OFF, POWER_ON, RESET, ATR = 0, 1, 2, 4


def receive_exactly(reader, length):
    data = b""
    while len(data) < length:
        part = reader.recv(length - len(data))
        if not part:
            sys.exit()
        data += part
    return data


def exit_at_end_of_input():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=exit_at_end_of_input, daemon=True).start()
with tempfile.TemporaryDirectory() as folder, socket.create_connection(("127.0.0.1", 35963)) as reader:
    card = OpenPGPCard(storage_path=Path(folder))
    print("ready", flush=True)
    while True:
        message = receive_exactly(reader, int.from_bytes(receive_exactly(reader, 2), "big"))
        if len(message) > 1:
            response = card.process_apdu(message)
        elif message[0] == ATR:
            response = card.get_atr()
        else:
            {POWER_OFF: card.power_off, POWER_ON: card.power_on, RESET: card.power_off}[message[0]]()
            continue
        reader.sendall(len(response).to_bytes(2, "big") + response)
