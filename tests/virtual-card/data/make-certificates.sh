#!/bin/sh
# Creates the certificates of the virtual card with OpenSSL: imza.der (for signing: key usage nonRepudiation,
# QcCompliance, date of birth) and kimlik.der (for authentication only). The name is fictitious; the number
# has a valid checksum and is made up. The card replaces the validity period, which invalidates the signature.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$(mktemp -d)"
cat > authority.cnf <<'END'
[req]
prompt = no
utf8 = yes
string_mask = utf8only
distinguished_name = name
[name]
C = TR
O = DENEME KURUMU (GERÇEK DEĞİL)
CN = Deneme Nitelikli Elektronik Sertifika Hizmet Sağlayıcısı
[ca]
default_ca = authority
[authority]
database = index
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
preserve = yes
unique_subject = no
[any]
C = optional
serialNumber = optional
CN = supplied
END
cat > holder.cnf <<'END'
[req]
prompt = no
utf8 = yes
string_mask = utf8only
distinguished_name = name
[name]
C = TR
serialNumber = 10000000146
CN = ÖRNEK İMZA SAHİBİ ĞÜŞIÇ
[imza]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
# subjectDirectoryAttributes: dateOfBirth 23.05.1980
2.5.29.9 = DER:30:1F:30:1D:06:08:2B:06:01:05:05:07:09:01:31:11:18:0F:31:39:38:30:30:35:32:33:31:32:30:30:30:30:5A
# qcStatements: QcCompliance
1.3.6.1.5.5.7.1.3 = DER:30:0A:30:08:06:06:04:00:8E:46:01:01
[kimlik]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
END
: > index
echo 4B414D55 > serial
openssl req -x509 -newkey rsa:2048 -nodes -keyout authority.key -out authority.pem -config authority.cnf -days 9000
for kind in imza kimlik; do
  openssl req -newkey rsa:2048 -nodes -keyout "$kind.key" -out "$kind.csr" -config holder.cnf
  openssl ca -batch -config authority.cnf -cert authority.pem -keyfile authority.key -utf8 -notext \
    -in "$kind.csr" -out "$kind.pem" -extfile holder.cnf -extensions "$kind" \
    -startdate 20260101000000Z -enddate 20290101000000Z
  openssl x509 -in "$kind.pem" -outform DER -out "$here/$kind.der"
done

# hostile.der: imza.der with a name of the same length that draws a line, clears the screen and reorders text.
python3 - "$here" <<'END'
import sys
folder = sys.argv[1]
name = 'ÖRNEK İMZA SAHİBİ ĞÜŞIÇ'.encode()
hostile = 'A\nKalan: 9\x1b[2J\u202e\u009bB'.encode()
file = open(f'{folder}/imza.der', 'rb').read()
open(f'{folder}/hostile.der', 'wb').write(file.replace(name, hostile.ljust(len(name), b'C')))
END
