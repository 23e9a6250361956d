"""On what terms the data may be used: the same for every dataset."""

ID = "other-open"
TITLE = "无条件开放，使用时注明来源"
SUMMARY = "任何人可以免费查询、下载、使用和再发布，使用时请注明发布单位、清单名称和版次。"
VERIFIED = False
"""These terms are the product's default, not a legal text of the city: the city confirms or replaces them."""
