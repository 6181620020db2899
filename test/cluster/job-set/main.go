// What JobSet's own webhook says of JobSets: reads one as JSON on each line, answers with a JSON list of what it refuses, after its defaults.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"

	jobset "sigs.k8s.io/jobset/api/jobset/v1alpha2"
	"sigs.k8s.io/jobset/pkg/webhooks"
)

func main() {
	hook, err := webhooks.NewJobSetWebhook(nil)
	if err != nil {
		panic(err)
	}
	ctx := context.Background()
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		set := &jobset.JobSet{}
		if err := json.Unmarshal(withSchemaDefaults(lines.Bytes()), set); err != nil {
			panic(err)
		}
		if err := hook.Default(ctx, set); err != nil {
			panic(err)
		}
		_, refused := hook.ValidateCreate(ctx, set)
		fmt.Println(answer(refused))
	}
}

func answer(refused error) string {
	words := []string{}
	if joined, ok := refused.(interface{ Unwrap() []error }); ok {
		for _, each := range joined.Unwrap() {
			words = append(words, each.Error())
		}
	}
	text, err := json.Marshal(words)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// What the definition's schema fills in before webhooks are asked.
func withSchemaDefaults(text []byte) []byte {
	object := map[string]any{}
	if err := json.Unmarshal(text, &object); err != nil {
		panic(err)
	}
	spec, _ := object["spec"].(map[string]any)
	entries, _ := spec["replicatedJobs"].([]any)
	for _, each := range entries {
		entry := each.(map[string]any)
		for name, value := range map[string]any{"replicas": 1, "groupName": "default"} {
			if _, given := entry[name]; !given {
				entry[name] = value
			}
		}
	}
	filled, err := json.Marshal(object)
	if err != nil {
		panic(err)
	}
	return filled
}
