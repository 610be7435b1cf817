require('../packages-of.cjs')(__dirname)
