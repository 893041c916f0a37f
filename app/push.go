package app

import "vedette/deliver/push"

// pushKey is what devices subscribe to, "" where nothing is sent to devices.
func (a *App) pushKey() string {
	if a.Push == "" {
		return ""
	}
	_, public := a.Key.PushKey()
	return public
}

// pushes is what sends to devices.
func (a *App) pushes() *push.Sender {
	private, public := a.Key.PushKey()
	return push.New(push.Config{Contact: a.Push, Private: private, Public: public, AllowPrivate: a.AllowPrivateHooks})
}
