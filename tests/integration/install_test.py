"""An installation and the tarball run from wherever they lie, with nothing of the source or build tree."""
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import unittest

from program import ARTICLE, BUILD, SKIPPED, SOURCE, kadesh


def run_elsewhere(tree, *arguments):
    """Runs a tree's own program in a bare environment, in another folder."""
    return subprocess.run([tree / "bin/kadesh", *map(str, arguments)], cwd="/", env={"PATH": "/usr/bin:/bin"},
                          capture_output=True, check=False)


class Relocation(unittest.TestCase):
    def check_tree(self, tree):
        for file in ("bin/kadesh", "share/kadesh/english.kdm", "share/kadesh/events.kdm", "share/kadesh/world.kdk",
                     "share/doc/kadesh/LICENSE", "share/doc/kadesh/NOTICE", "share/doc/kadesh/README.md",
                     "share/doc/kadesh/docs/records.md", "share/doc/kadesh/models/english.md",
                     "share/doc/kadesh/models/events.md", "share/doc/kadesh/data/SOURCES.md"):
            self.assertTrue((tree / file).is_file(), file)
        result = run_elsewhere(tree, "code", "--date", "2025-01-17", ARTICLE)
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        events = [json.loads(line) for line in result.stdout.decode().splitlines()]
        self.assertGreater(len(events), 5)
        self.assertEqual(result.stdout, kadesh("code", "--date", "2025-01-17", ARTICLE).stdout)

    def test_install_moves(self):
        with tempfile.TemporaryDirectory() as folder:
            first, second = pathlib.Path(folder, "first"), pathlib.Path(folder, "elsewhere/second")
            subprocess.run(["cmake", "--install", BUILD, "--prefix", first], check=True, stdout=subprocess.DEVNULL)
            second.parent.mkdir()
            first.rename(second)
            self.check_tree(second)
            linked = pathlib.Path(folder, "linked")
            linked.symlink_to(second / "bin/kadesh")
            result = subprocess.run([linked, "--version"], env={"PATH": "/usr/bin:/bin"}, capture_output=True, check=True)
            self.assertIn(b"\nmodel ", result.stdout)

    def test_tarball_runs_elsewhere(self):
        with tempfile.TemporaryDirectory() as folder:
            made = pathlib.Path(folder, "kadesh-test")
            subprocess.run([SOURCE / "scripts/make_dist.sh", BUILD, made], check=True, stdout=subprocess.DEVNULL)
            unpacked = pathlib.Path(folder, "unpacked")
            with tarfile.open(f"{made}.tar.gz") as archive:
                names = archive.getnames()
                self.assertTrue(all(name.split("/")[0] == "kadesh-test" for name in names))
                archive.extractall(unpacked)
            self.check_tree(unpacked / "kadesh-test")
            bundled = [path for path in (unpacked / "kadesh-test/lib/kadesh").iterdir() if not path.is_symlink()]
            self.assertTrue(bundled)
            self.assertLess(max(path.stat().st_size for path in bundled), 4 << 20, "a large library travels along")
            self.assertTrue(any((unpacked / "kadesh-test/share/doc/kadesh/licences").iterdir()))
            libraries = subprocess.run(["ldd", unpacked / "kadesh-test/bin/kadesh"], capture_output=True, text=True,
                                       check=True).stdout
            outside = [line.split()[0] for line in libraries.splitlines()
                       if str(unpacked) not in line and not line.strip().startswith(("linux-vdso", "/lib"))]
            self.assertLessEqual({name.split(".so")[0] for name in outside}, {"libc", "libm", "libpthread"}, libraries)


if __name__ == "__main__":
    if os.environ.get("KADESH_SANITIZED"):
        print("skipped: a sanitized build is not for installing")
        sys.exit(SKIPPED)
    unittest.main()
