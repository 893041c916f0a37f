package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"vedette"
	"vedette/auth"
	"vedette/deliver/provider"
)

// providersFile is where the providers of mail are written down, beside the
// installation key: whoever sends reads it, too, so that a mail says to them what
// they are to name it by.
const providersFile = "providers.json"

// readProviders reads the providers of mail; nil where there are none. A file that
// is named has to be there. key opens the sealed words in it; into old goes which an
// earlier one sealed.
func (c Config) readProviders(key *auth.Key, old *[]string) (*provider.Config, error) {
	path := c.ProvidersFile
	if path == "" {
		path = filepath.Join(c.Data, providersFile)
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) && c.ProvidersFile == "" {
		return nil, nil
	}
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the mail providers cannot be read from %s", path)
	}
	defer f.Close()
	return readWords(f, key, old, path, provider.Read)
}
