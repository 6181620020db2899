// Files run in the order of their names: Jest's own order depends on what a machine remembers of earlier runs, and with it what one file
// finds of another.
const { default: Sequencer } = require('@jest/test-sequencer');

module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((one, other) => (one.path < other.path ? -1 : 1));
  }
};
