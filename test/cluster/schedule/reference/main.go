// Command reference answers what Kubernetes' cron library makes of schedules.
//
// It reads one JSON object per line, {"schedule", "timeZone", "from", "n"}, from in milliseconds, and writes one per line:
// {"error"} for a schedule that does not parse, else {"next"}: the runs in Unix seconds, as the CronJob controller starts them.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"time"
	_ "time/tzdata"

	"github.com/robfig/cron/v3"
)

type question struct {
	Schedule string `json:"schedule"`
	TimeZone string `json:"timeZone"`
	From     int64  `json:"from"`
	N        int    `json:"n"`
}

type answer struct {
	Error string  `json:"error,omitempty"`
	Next  []int64 `json:"next"`
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(make([]byte, 1<<16), 1<<20)
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	encoder := json.NewEncoder(output)
	for input.Scan() {
		var asked question
		if err := json.Unmarshal(input.Bytes(), &asked); err != nil {
			panic(err)
		}
		if err := encoder.Encode(reply(asked)); err != nil {
			panic(err)
		}
	}
	if err := input.Err(); err != nil {
		panic(err)
	}
}

// reply walks from run to run. A run is started only when the one after it is later; otherwise the controller gives up.
func reply(asked question) answer {
	if _, err := cron.ParseStandard(asked.Schedule); err != nil {
		return answer{Error: err.Error()}
	}
	schedule, err := cron.ParseStandard("TZ=" + asked.TimeZone + " " + asked.Schedule)
	if err != nil {
		return answer{Error: err.Error()}
	}
	runs := []int64{}
	run := schedule.Next(time.UnixMilli(asked.From).UTC())
	for len(runs) < asked.N && !run.IsZero() {
		following := schedule.Next(run)
		if following.Sub(run) < time.Second {
			break
		}
		runs = append(runs, run.Unix())
		run = following
	}
	return answer{Next: runs}
}
