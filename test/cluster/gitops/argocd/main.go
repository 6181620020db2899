// Argo CD's application controller and repository server in one program, so that what they share is built and linked once.
package main

import (
	"fmt"
	"os"

	controller "github.com/argoproj/argo-cd/v3/cmd/argocd-application-controller/commands"
	server "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
	"github.com/spf13/cobra"
)

func main() {
	programs := &cobra.Command{Use: "argocd", SilenceUsage: true}
	programs.AddCommand(controller.NewCommand(), server.NewCommand())
	if err := programs.Execute(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
