//go:build !race

package inbox_test

const raced = false
