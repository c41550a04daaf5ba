using Karl.Tokenizers.Sessions;

namespace Karl.Tokenizers.Tests.Sessions;

[TestClass]
public sealed class TokenizerDeviceTests
{
    [TestMethod]
    [DataRow("cpu", "cpu", false, 0)]
    [DataRow("CPU", "cpu", false, 0)]
    [DataRow("cuda", "cuda:0", true, 0)]
    [DataRow("Cuda:0", "cuda:0", true, 0)]
    [DataRow("cuda:11", "cuda:11", true, 11)]
    public void Parse_KnownDevice_PrintsBack(string text, string printed, bool isCuda, int index)
    {
        TokenizerDevice device = TokenizerDevice.Parse(text);
        Assert.AreEqual(printed, device.ToString());
        Assert.AreEqual(isCuda, device.IsCuda);
        Assert.AreEqual(index, device.Index);
        Assert.AreEqual(device, TokenizerDevice.Parse(printed));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("gpu")]
    [DataRow("cuda:")]
    [DataRow("cuda:-1")]
    [DataRow("cuda: 1")]
    [DataRow("cuda:256")]
    [DataRow("cuda:99999999999")]
    [DataRow("cuda1")]
    public void Parse_AnythingElse_SaysWhatWasExpected(string text) =>
        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => TokenizerDevice.Parse(text)).Message, "cpu, cuda or cuda:n");

    [TestMethod]
    public void Default_IsCpu() => Assert.AreEqual(TokenizerDevice.Cpu, default);
}
