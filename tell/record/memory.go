package record

import (
	"context"
	"slices"
	"sync"

	"vedette"
	"vedette/gazetteer"
	"vedette/store"
)

// Memory keeps what people were told last in the situations that were asked
// about lately, and what was worked out for drafts, for whoever looks again and
// again while an update is edited. It is read anew where the log says that anything of it may have changed. The
// zero Memory is empty; it is safe for concurrent use.
type Memory struct {
	mu   sync.Mutex
	list []*remembered // the one asked about last comes last

	states states
}

// remembered is one situation.
type remembered struct {
	situation vedette.ID

	mu   sync.Mutex
	seq  int64 // the place in the log it is good for
	told *told
}

// mostRemembered bounds the situations kept: each takes some tens of bytes for
// everyone who was told.
const mostRemembered = 3

// of gives what people were told last in a situation, which must not be
// changed.
func (m *Memory) of(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, situation vedette.ID) (*told, error) {
	if m == nil {
		return read(ctx, rows, g, situation)
	}
	r := m.find(situation)
	r.mu.Lock()
	defer r.mu.Unlock()
	// The place in the log is read before what it is good for: what comes
	// between the two is found again the next time.
	seq, changed, err := rows.ToldSince(ctx, situation, r.seq)
	if err != nil {
		return nil, err
	}
	if r.told == nil || changed {
		if r.told, err = read(ctx, rows, g, situation); err != nil {
			return nil, err
		}
		r.told.Holders() // while nobody else has it
	}
	r.seq = seq
	return r.told, nil
}

func (m *Memory) find(situation vedette.ID) *remembered {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.list, func(r *remembered) bool { return r.situation == situation })
	if i < 0 {
		if len(m.list) == mostRemembered {
			m.list = slices.Delete(m.list, 0, 1)
		}
		i = len(m.list)
		m.list = append(m.list, &remembered{situation: situation})
	}
	r := m.list[i]
	m.list = append(slices.Delete(m.list, i, i+1), r)
	return r
}
