//go:build tools

// Package tools names the controller of Flux that the tests play with, so that go.mod and go.sum cover it.
package tools

import _ "github.com/fluxcd/kustomize-controller"
