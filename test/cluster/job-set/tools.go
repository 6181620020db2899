//go:build tools

// Package main also names the controller of JobSet that the tests play with, so that go.mod and go.sum cover it.
package main

import _ "sigs.k8s.io/jobset"
