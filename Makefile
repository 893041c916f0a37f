.PHONY: help check test race shots demo build bench

help: ## list what make can do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | expand -t 12

check: ## everything CI runs
	bash .ci/run

test: ## the tests
	go test ./...

race: ## the tests under the race detector
	go test -race -gcflags='modernc.org/sqlite/lib=-race=false' -gcflags='modernc.org/libc/...=-race=false' -timeout 30m ./...

shots: ## pictures of every page, light and dark, phone and desk, into shots/; takes Chromium, and VEDETTE_AXE for most pages
	mkdir -p shots && VEDETTE_SHOTS=$(CURDIR)/shots go test -count=1 ./browser

demo: ## the whole chain on invented people
	go run ./cmd/vedette demo

build: ## one binary, ./vedette
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o vedette ./cmd/vedette

bench: ## measure reader, index and chain, with the figures asked of them
	go run ./bench/parse
	go run ./bench/match --presences 10000000 --check
	go run ./bench/chain --check
