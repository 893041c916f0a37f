package aside

import (
	"encoding/json"
	"io"
	"os/exec"
	"time"
)

// maker is a process that makes one hash at a time.
type maker struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	asks   *json.Encoder
	told   *json.Decoder
	unused *time.Timer
}

func (m *maker) start() error {
	in, err := m.cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := m.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	m.in, m.asks, m.told = in, json.NewEncoder(in), json.NewDecoder(out)
	return m.cmd.Start()
}

// ask has one hash made. A process that takes longer than it may is ended.
func (m *maker) ask(q question) (a answer, err error) {
	late := time.AfterFunc(patience, func() { _ = m.cmd.Process.Kill() })
	defer late.Stop()
	if err := m.asks.Encode(q); err != nil {
		return a, err
	}
	return a, m.told.Decode(&a)
}

// end ends it: with its input at an end it has nothing left to do.
func (m *maker) end() {
	m.in.Close()
	late := time.AfterFunc(patience, func() { _ = m.cmd.Process.Kill() })
	defer late.Stop()
	_ = m.cmd.Wait()
}
