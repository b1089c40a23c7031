namespace GatewayStack.Transform.Tests.Recognizers;

public sealed class SsnAndIpTests
{
    [Theory]
    [InlineData("536-90-4399", "536-90-4399")]
    [InlineData("SSN: 536-90-4399.", "536-90-4399")]
    [InlineData("536 90 4399", "536 90 4399")]
    [InlineData("ssn 536904399", "536904399")]
    [InlineData("social security number is 536904399", "536904399")]
    [InlineData("536\u201190\u20114399", "536\u201190\u20114399")]
    [InlineData("536-\u200B90-4399", "536-\u200B90-4399")]
    public void Ssn_found(string text, string expected) => Modules.Default.Find(text).ShouldBe([$"US_SSN={expected}"]);

    [Theory]
    [InlineData("000-12-3456")]
    [InlineData("666-12-3456")]
    [InlineData("900-12-3456")]
    [InlineData("536-00-4399")]
    [InlineData("536-90-0000")]
    [InlineData("078-05-1120")]
    [InlineData("123-45-6789")]
    [InlineData("111-11-1111")]
    [InlineData("536904399")]
    [InlineData("536-90 4399")]
    [InlineData("1536-90-4399")]
    [InlineData("536-90-43991")]
    [InlineData("12-536-90-4399")]
    [InlineData("536-90-4399-1")]
    public void Ssn_not_found(string text) => Modules.Default.Find(text).ShouldBeEmpty();

    [Theory]
    [InlineData("192.168.1.17", "192.168.1.17")]
    [InlineData("from 8.8.8.8:53 to", "8.8.8.8")]
    [InlineData("host 10.0.0.1.", "10.0.0.1")]
    [InlineData("http://203.0.113.7/x", "203.0.113.7")]
    [InlineData("2001:db8::8a2e:370:7334", "2001:db8::8a2e:370:7334")]
    [InlineData("[2001:0db8:85a3:0000:0000:8a2e:0370:7334]:443", "2001:0db8:85a3:0000:0000:8a2e:0370:7334")]
    [InlineData("fe80::1ff:fe23:4567:890a", "fe80::1ff:fe23:4567:890a")]
    [InlineData("::ffff:192.168.1.17", "::ffff:192.168.1.17")]
    public void Ip_found(string text, string expected) => Modules.Default.Find(text).ShouldBe([$"IP={expected}"]);

    [Theory]
    [InlineData("256.1.1.1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("01.02.03.04")]
    [InlineData("version 1.2.3.4")]
    [InlineData("v1.2.3.4")]
    [InlineData("0.0.0.0")]
    [InlineData("10:30:45")]
    [InlineData("std::vector")]
    [InlineData("a::b")]
    [InlineData("::")]
    [InlineData("aa:bb:cc:dd:ee:ff")]
    [InlineData("Note: bad: cafe")]
    [InlineData("12:34:56:78")]
    public void Ip_not_found(string text) => Modules.Default.Find(text).ShouldBeEmpty();
}
