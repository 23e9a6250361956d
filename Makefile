# Two commands are all a newcomer needs: make run, make test. `make help` lists the rest.

.DEFAULT_GOAL := help

# The demonstration lives on this day of the plan's year; set it empty for the real clock and no sample.
YANGGUANG_DEMONSTRATION_DAY ?= 2017-11-30

.PHONY: run sample-600 test setup check lock benchmark help

run: export YANGGUANG_DEMONSTRATION_DAY := $(YANGGUANG_DEMONSTRATION_DAY)
run: setup ## 安装、准备示例数据并启动：http://127.0.0.1:8000
	@scripts/run

sample-600: export YANGGUANG_DEMONSTRATION_DAY := $(YANGGUANG_DEMONSTRATION_DAY)
sample-600: setup ## 演示里再放六百多个示例数据集（要几分钟；已有的不重做）
	@.venv/bin/yangguang prepare
	@.venv/bin/yangguang sample datasets

test: ## 安装测试所需并运行全部检查与测试
	@scripts/setup test
	@scripts/test

setup: ## 把锁定的依赖装进 .venv（没有变化时立即返回）
	@scripts/setup

check: ## 只做静态检查：ruff、mypy、import-linter
	@scripts/setup test
	@scripts/check

lock: ## 依 pyproject.toml 重写三个锁文件
	@scripts/setup
	@scripts/lock

benchmark: ## 运行 benchmarks/ 中的全部基准
	@scripts/setup test
	@for file in benchmarks/*.py; do .venv/bin/python $$file || exit 1; done

help: ## 列出这些命令
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
