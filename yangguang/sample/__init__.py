"""The labelled sample year: made-up publications, so that a first start shows the product at work.

Every document says 【示例】, every figure is invented, and no person is named.
"""
