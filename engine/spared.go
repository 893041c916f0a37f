package engine

import (
	"context"

	"vedette"
	"vedette/store"
	"vedette/wish"
)

// spared says why what merely informs does not go to an address, "" where it
// does: its owner wants none of that there. How a warning goes on that they had,
// or are being sent, is told them: the newer word has taken its place.
func (p *press) spared(ctx context.Context, c store.Claimed, pr *pressed, to string) (why string, err error) {
	if len(p.warn) == 0 {
		return "", nil
	}
	since, ok := p.warn[string(p.Key.Hash(vedette.DeadAddressKind, to))]
	if !ok {
		return "", nil
	}
	v, err := p.variant(ctx, pr, c.Variant)
	if err != nil || !wish.Shapes(pr.update, &v) {
		return "", err
	}
	if warned, err := p.warned(ctx, c); err != nil || warned {
		return "", err
	}
	return "not sent: only what warns goes there (" + since + ")", nil
}

// warned says whether anything that somebody was told of the situation before
// did more than inform.
func (p *press) warned(ctx context.Context, c store.Claimed) (bool, error) {
	words, err := p.rows.EarlierWords(ctx, c.Update, c.Recipient)
	for _, w := range words {
		pr, err := p.pressed(ctx, w.Update)
		if err != nil {
			return false, err
		}
		v, err := p.variant(ctx, pr, w.Variant)
		if err != nil {
			return false, err
		}
		if !wish.Shapes(pr.update, &v) {
			return true, nil
		}
	}
	return false, err
}

// sparedAll says why a digest does not go to an address, "" where anything of it
// does.
func (p *press) sparedAll(ctx context.Context, d *digest, to string) (why string, err error) {
	for _, c := range d.claims {
		pr, err := p.pressed(ctx, c.Update)
		if err != nil {
			return "", err
		}
		if why, err = p.spared(ctx, c, pr, to); err != nil || why == "" {
			return "", err
		}
	}
	return why, nil
}
