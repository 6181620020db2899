// Argo's own offline lint without its server and user interface: the argo command embeds a built web page that the module lacks. Then, what lint
// does not look at: whether the conditions of each resource template parse, as the executor parses them when the Job is there already.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/argoproj/argo-workflows/v4/cmd/argo/lint"
	"github.com/argoproj/argo-workflows/v4/pkg/apiclient"
	wf "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow"
	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	"github.com/argoproj/argo-workflows/v4/util/logging"
	"k8s.io/apimachinery/pkg/labels"
	"sigs.k8s.io/yaml"
)

func main() {
	files := os.Args[1:]
	ctx := logging.WithLogger(context.Background(), logging.NewSlogLogger(logging.Error, logging.Text))
	ctx, client, err := apiclient.NewClientFromOptsWithContext(ctx, apiclient.Opts{Offline: true, OfflineFiles: files})
	if err == nil {
		kinds := []string{wf.WorkflowPlural, wf.WorkflowTemplatePlural, wf.CronWorkflowPlural}
		err = lint.RunLint(ctx, client, kinds, "simple", true, lint.LintOptions{Files: files, Strict: true, Printer: os.Stdout})
	}
	for _, file := range files {
		if err == nil {
			err = parseConditions(file)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func parseConditions(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	workflow := wfv1.Workflow{}
	if err := yaml.Unmarshal(text, &workflow); err != nil {
		return err
	}
	for _, template := range workflow.Spec.Templates {
		if template.Resource == nil {
			continue
		}
		for _, condition := range []string{template.Resource.SuccessCondition, template.Resource.FailureCondition} {
			if _, err := labels.Parse(condition); err != nil {
				return fmt.Errorf("%s: %w", template.Name, err)
			}
		}
	}
	return nil
}
