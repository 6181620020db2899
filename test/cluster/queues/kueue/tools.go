//go:build tools

// Package tools names the controller of Kueue that the tests play with, so that go.mod and go.sum cover it.
package tools

import _ "sigs.k8s.io/kueue/cmd/kueue"
