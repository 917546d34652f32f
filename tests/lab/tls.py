"""A certificate authority of the lab, trusted inside the sandbox only."""
import os
import shutil
import ssl
import subprocess


def _openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def _key_and(kind, folder, name, *arguments):
    _openssl("req", *kind, "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-subj", f"/CN={name}", "-keyout", f"{folder}/{name}.key", *arguments)


class Authority:
    """Issues certificates for the servers of the lab."""

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self._folder = folder
        self.certificate = f"{folder}/ca.pem"
        _key_and(("-x509",), folder, "ca", "-days", "30", "-out", self.certificate,
                 "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")

    def trust(self):
        """Into the CA folder, by hash, and into the bundle of /etc as the sandbox sees it."""
        hash_ = subprocess.run(["openssl", "x509", "-hash", "-noout", "-in", self.certificate],
                               check=True, capture_output=True, text=True).stdout.strip()
        os.makedirs("/etc/ssl/certs", exist_ok=True)
        shutil.copy(self.certificate, f"/etc/ssl/certs/{hash_}.0")
        with open("/etc/ssl/certs/ca-certificates.crt", "a") as bundle, open(self.certificate) as own:
            bundle.write(own.read())

    def context(self, name, *names):
        """A server's TLS context for these DNS names."""
        base = f"{self._folder}/{name}"
        _key_and((), self._folder, name, "-out", base + ".csr")
        alternatives = ",".join("DNS:" + each for each in (name, *names))
        with open(base + ".ext", "w") as file:
            file.write(f"basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName={alternatives}\n")
        _openssl("x509", "-req", "-in", base + ".csr", "-CA", self.certificate, "-CAkey",
                 f"{self._folder}/ca.key", "-CAcreateserial", "-days", "30", "-out", base + ".pem",
                 "-extfile", base + ".ext")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(base + ".pem", base + ".key")
        return context
