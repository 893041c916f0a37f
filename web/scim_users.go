package web

import (
	"errors"
	"io"
	"net/http"

	"vedette"
	"vedette/scim"
)

// maxIdentity bounds what is read of a user, in bytes; a patch of a hundred changes of
// long names fits.
const maxIdentity = 128 << 10

func (p *portal) scimBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxIdentity))
	if tooLong := new(http.MaxBytesError); errors.As(err, &tooLong) {
		return nil, err
	}
	return b, vedette.Wrap(err, vedette.CodeInvalid, "the body could not be read to its end")
}

func (p *portal) listIdentities(w http.ResponseWriter, r *http.Request) error {
	q, err := scim.ReadQuery(r.URL.Query())
	if err != nil {
		return err
	}
	list, total, err := p.Desk.Identities(r.Context(), q)
	if err != nil {
		return err
	}
	items := make([]any, len(list))
	for n := range list {
		items[n] = scim.Show(&list[n], p.BaseURL)
	}
	p.showJSON(w, http.StatusOK, scimKind, scim.NewList(total, q.From+1, items))
	return nil
}

// showIdentity answers with a user, and where they are.
func (p *portal) showIdentity(w http.ResponseWriter, status int, i *vedette.Identity) {
	shown := scim.Show(i, p.BaseURL)
	w.Header().Set("Location", shown.Meta.Location)
	p.showJSON(w, status, scimKind, shown)
}

func (p *portal) readIdentity(w http.ResponseWriter, r *http.Request) error {
	i, err := p.Desk.Identity(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	p.showIdentity(w, http.StatusOK, &i)
	return nil
}

func (p *portal) addIdentity(w http.ResponseWriter, r *http.Request) error {
	body, err := p.scimBody(w, r)
	if err != nil {
		return err
	}
	u, err := scim.ReadUser(body)
	if err != nil {
		return err
	}
	i, err := p.Desk.AddIdentity(r.Context(), u.New(), actorOf(r).name())
	if err != nil {
		return err
	}
	p.noteIdentity(r, "added", &i)
	p.showIdentity(w, http.StatusCreated, &i)
	return nil
}

// noteIdentity writes down which token changed whom; what of them the log does not say.
func (p *portal) noteIdentity(r *http.Request, did string, i *vedette.Identity) {
	p.Log.Info("scim", "did", did, "user", i.ID, "role", i.Role, "active", i.Active, "by", actorOf(r).token.ID)
}

func (p *portal) putIdentity(w http.ResponseWriter, r *http.Request) error {
	body, err := p.scimBody(w, r)
	if err != nil {
		return err
	}
	u, err := scim.ReadUser(body)
	if err != nil {
		return err
	}
	return p.changeIdentity(w, r, u.On)
}

func (p *portal) patchIdentity(w http.ResponseWriter, r *http.Request) error {
	body, err := p.scimBody(w, r)
	if err != nil {
		return err
	}
	patch, err := scim.ReadPatch(body)
	if err != nil {
		return err
	}
	return p.changeIdentity(w, r, patch.On)
}

func (p *portal) changeIdentity(w http.ResponseWriter, r *http.Request, change func(vedette.Identity) vedette.Identity) error {
	i, err := p.Desk.ChangeIdentity(r.Context(), vedette.ID(r.PathValue("id")), change)
	if err != nil {
		return err
	}
	p.noteIdentity(r, "changed", &i)
	p.showIdentity(w, http.StatusOK, &i)
	return nil
}

func (p *portal) removeIdentity(w http.ResponseWriter, r *http.Request) error {
	id := vedette.ID(r.PathValue("id"))
	if err := p.Desk.RemoveIdentity(r.Context(), id); err != nil {
		return err
	}
	p.Log.Info("scim", "did", "removed", "user", id, "by", actorOf(r).token.ID)
	w.WriteHeader(http.StatusNoContent)
	return nil
}
