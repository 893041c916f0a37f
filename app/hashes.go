package app

import (
	"io"

	"vedette/auth/aside"
)

// AsksForHashes says whether a program is called, with what stands after its name, to
// make hashes of passwords for another process of it (Config.HashesAside).
func AsksForHashes(args []string) bool { return len(args) == 1 && args[0] == aside.Asked }

// MakeHashes makes them, until in is at an end.
func MakeHashes(in io.Reader, out io.Writer) error { return aside.Work(in, out) }
