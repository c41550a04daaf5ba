using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests.Tokenization;

[TestClass]
public sealed class TokenSequenceTests
{
    [TestMethod]
    public void FromCodes_KeptTokens_CountsTokensAndBits()
    {
        TokenSequence tokens = TokenSequence.FromCodes([0, 2, 255], [4095, 0, 17], 4096, 256, 0.05f);
        Assert.AreEqual(3, tokens.Count);
        Assert.AreEqual(3, tokens.ApproximateComplexity);
        Assert.AreEqual(36, tokens.Bits);
        Assert.IsTrue(tokens.IsQuantized);
        Assert.AreEqual("3 of 256 tokens at epsilon 0.05, codes of 4096, 36 bits, positions [0 2 255]", tokens.ToString());
    }

    [TestMethod]
    public void FromLatents_KeptTokens_CountsThirtyTwoBitsANumber()
    {
        TokenSequence tokens = TokenSequence.FromLatents([1, 5], new float[24], 12, 128, 0.1f, new float[128]);
        Assert.AreEqual(2 * 12 * 32, tokens.Bits);
        Assert.IsFalse(tokens.IsQuantized);
        Assert.HasCount(128, tokens.HaltingProbabilities);
        StringAssert.Contains(tokens.ToString(), "latents of 12");
    }

    [TestMethod]
    public void FromCodes_NoTokens_IsAnImageAllTheSame()
    {
        TokenSequence tokens = TokenSequence.FromCodes([], [], 4096, 256, 0);
        Assert.AreEqual(0, tokens.Count);
        Assert.AreEqual(0, tokens.Bits);
    }

    [TestMethod]
    [DataRow(new[] { 1, 1 }, new[] { 0, 0 }, 8, 0.05f, 0, "Position 1 follows 1")]
    [DataRow(new[] { 2, 1 }, new[] { 0, 0 }, 8, 0.05f, 0, "Position 1 follows 2")]
    [DataRow(new[] { -1 }, new[] { 0 }, 8, 0.05f, 0, "Position -1 follows")]
    [DataRow(new[] { 8 }, new[] { 0 }, 8, 0.05f, 0, "ascending positions from 0 to 7")]
    [DataRow(new[] { 1 }, new[] { 0, 0 }, 8, 0.05f, 0, "2 codes for 1 positions")]
    [DataRow(new[] { 1 }, new[] { 16 }, 8, 0.05f, 0, "Code 16 at index 0 is outside the codebook, 0 to 15")]
    [DataRow(new[] { 1 }, new[] { -1 }, 8, 0.05f, 0, "Code -1 at index 0")]
    [DataRow(new int[0], new int[0], 0, 0.05f, 0, "Budget is 0")]
    [DataRow(new int[0], new int[0], 8, -1f, 0, "Epsilon is -1")]
    [DataRow(new int[0], new int[0], 8, float.NaN, 0, "Epsilon is NaN")]
    [DataRow(new int[0], new int[0], 8, 0.05f, 3, "3 halting probabilities for a budget of 8")]
    public void FromCodes_Contradictions_AreRefused(int[] positions, int[] codes, int budget, float epsilon, int halting, string message) =>
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => TokenSequence.FromCodes(positions, codes, 16, budget, epsilon, new float[halting])).Message, message);

    [TestMethod]
    public void FromLatents_Contradictions_AreListedTogether()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() => TokenSequence.FromLatents([1], [float.PositiveInfinity], 12, 8, float.NaN)).Message;
        StringAssert.Contains(message, "Epsilon is NaN");
        StringAssert.Contains(message, "1 numbers of latents; 1 positions x 12");
        StringAssert.Contains(message, "not finite");
    }
}
