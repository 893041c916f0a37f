package ground

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
)

// The driver compiles a statement each time it is run, which takes longer
// than to run most of ours. So each connection keeps those it has compiled.

// mostKept bounds the statements that a connection keeps. There are about as
// many texts as this in all; few are made up as they are needed.
const mostKept = 200

// keepingSQLite opens a pool whose connections keep their statements.
func keepingSQLite(dsn string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	defer db.Close() // opened for its driver alone
	return sql.OpenDB(&keeper{db.Driver(), dsn}), nil
}

type keeper struct {
	driver driver.Driver
	dsn    string
}

// Driver is the one beneath.
func (k *keeper) Driver() driver.Driver { return k.driver }

// Connect opens a connection.
func (k *keeper) Connect(context.Context) (driver.Conn, error) {
	c, err := k.driver.Open(k.dsn)
	if err != nil {
		return nil, err
	}
	full, ok := c.(sqliteConn)
	if !ok {
		return nil, errors.Join(errors.New("the SQLite driver's connection has changed its shape"), c.Close())
	}
	return &keptConn{sqliteConn: full, idle: map[string]sqliteStmt{}}, nil
}

// sqliteConn is what the driver's connection can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// keptConn is a connection that keeps the statements nobody is running.
type keptConn struct {
	sqliteConn
	idle map[string]sqliteStmt // by text
}

// Close ends the statements, and the connection.
func (c *keptConn) Close() error { return errors.Join(c.forget(), c.sqliteConn.Close()) }

func (c *keptConn) forget() error {
	var errs []error
	for _, s := range c.idle {
		errs = append(errs, s.Close())
	}
	clear(c.idle)
	return errors.Join(errs...)
}

// take gives a statement, compiling it where it is not at hand. It is given
// back, or closed.
func (c *keptConn) take(ctx context.Context, text string) (sqliteStmt, error) {
	if s, ok := c.idle[text]; ok {
		delete(c.idle, text)
		return s, nil
	}
	s, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	full, ok := s.(sqliteStmt)
	if !ok {
		return nil, errors.Join(errors.New("the SQLite driver's statement has changed its shape"), s.Close())
	}
	return full, nil
}

func (c *keptConn) give(text string, s sqliteStmt) error {
	if _, there := c.idle[text]; there { // it was run twice at a time
		return s.Close()
	}
	var err error
	if len(c.idle) >= mostKept {
		err = c.forget()
	}
	c.idle[text] = s
	return err
}

// ExecContext runs a statement that gives no rows. Texts without parameters
// are the driver's own: some are of several statements.
func (c *keptConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 {
		return c.sqliteConn.ExecContext(ctx, text, args)
	}
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	r, err := s.ExecContext(ctx, args)
	if err != nil {
		s.Close() // says the same once more
		return nil, err
	}
	return r, c.give(text, s)
}

// QueryContext runs a statement that gives rows.
func (c *keptConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if len(args) == 0 {
		return c.sqliteConn.QueryContext(ctx, text, args)
	}
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	r, err := s.QueryContext(ctx, args)
	if err != nil {
		s.Close() // says the same once more
		return nil, err
	}
	return &keptRows{Rows: r, conn: c, text: text, stmt: s}, nil
}

// keptRows gives its statement back when it is closed.
type keptRows struct {
	driver.Rows
	conn *keptConn
	text string
	stmt sqliteStmt
}

// Close ends the rows.
func (r *keptRows) Close() error {
	err := r.Rows.Close()
	if r.stmt == nil {
		return err
	}
	s := r.stmt
	r.stmt = nil
	if err != nil {
		s.Close()
		return err
	}
	return r.conn.give(r.text, s)
}
