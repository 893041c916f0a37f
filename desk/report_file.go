package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"vedette"
	"vedette/auth/rights"
)

// SentFile is a file that a report came in, as it came.
type SentFile struct {
	Name  string
	Kind  string // what it was read as: "text", "PDF"
	Bytes []byte
}

// fileOf seals the file of a report that is to be kept. Where its text is the file, byte
// for byte, it is not kept twice.
func (d *Desk) fileOf(r *vedette.Report, sent *SentFile) (*vedette.ReportFile, error) {
	if sent == nil {
		return nil, nil
	}
	sum := sha256.Sum256(sent.Bytes)
	f := &vedette.ReportFile{ID: vedette.NewID(d.Now()), Name: sent.Name, Kind: sent.Kind, Size: int64(len(sent.Bytes)), Digest: hex.EncodeToString(sum[:])}
	if f.Digest == r.Digest {
		return f, nil
	}
	if f.Size > vedette.MaxReportFile {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the file is larger than %d MB, and is kept as it came; send its text alone", vedette.MaxReportFile>>20)
	}
	f.WrappedKey, f.Sealed = d.Key.SealFile(f.ID, sent.Bytes)
	return f, nil
}

// ReportFile says which file a report came in, nil where none is kept: it was pasted, or
// came before files were kept.
func (d *Desk) ReportFile(ctx context.Context, report vedette.ID) (*vedette.ReportFile, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	f, err := d.rows.ReportFile(ctx, report, false)
	switch {
	case vedette.ErrorCode(err) == vedette.CodeNotFound:
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &f, nil
}

// OpenReportFile gives the bytes of the file that a report came in. Bytes that are not
// those which came are given to nobody.
func (d *Desk) OpenReportFile(ctx context.Context, report vedette.ID) (*vedette.ReportFile, []byte, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, nil, err
	}
	f, err := d.rows.ReportFile(ctx, report, true)
	if err != nil {
		return nil, nil, err
	}
	var b []byte
	if f.Sealed != nil {
		b, err = d.Key.OpenFile(f.ID, f.WrappedKey, f.Sealed)
	} else {
		var r vedette.Report
		r, _, err = d.rows.Report(ctx, report)
		b = r.Text
	}
	if err != nil {
		return nil, nil, err
	}
	if sum := sha256.Sum256(b); f.Altered || hex.EncodeToString(sum[:]) != f.Digest {
		return nil, nil, vedette.Errorf(vedette.CodeInternal, "what is kept of the file is not what came: go through the record")
	}
	return &f, b, nil
}
