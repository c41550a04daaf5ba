using Karl.Tokenizers;

namespace Karl.Export.Verification.Internals;

[TestClass]
public sealed class ComparisonTests
{
    [TestMethod]
    [DataRow("img0.b2.q0.05.halt_logit", 2.4e-5, true)]
    [DataRow("img0.b2.q0.05.halt_logit", -2.6e-5, false)]
    [DataRow("img0.b2.q0.05.latents_factorized", 1.4e-5, true)]
    [DataRow("img0.b2.q0.05.latents_factorized", 1.6e-5, false)]
    [DataRow("img0.b2.q0.05.logits", 3.9e-5, true)]
    [DataRow("img0.b2.q0.05.logits", 4.1e-5, false)]
    [DataRow("img0.b2.q0.05.recon", 5.9e-5, true)]
    [DataRow("img0.b2.q0.05.recon_sub8", 6.1e-5, false)]
    [DataRow("img0.b2.q0.05.indices", 1, false)]
    [DataRow("img0.b2.q0.05.active", 1, false)]
    [DataRow("img0.gt_indices", 1, false)]
    public void Line_ShiftedValue_AgreesWithinTheToleranceOnly(string text, double shift, bool agrees)
    {
        var line = Line(text, [1, 3.5, 3], [1, 3.5, 3 + shift]);
        Assert.AreEqual(agrees ? VerificationOutcome.Agrees : VerificationOutcome.Differs, line.Outcome);
        Assert.AreEqual(!agrees, line.IsFailure);
    }

    [TestMethod]
    [DataRow("latents_factorized", 8, 6.7, 5.2e-5, true)]
    [DataRow("latents_factorized", 8, 6.7, 5.4e-5, false)]
    [DataRow("latents_factorized", 2, 6.7, 2.7e-5, false)]
    [DataRow("latents_factorized", 8, 1, 1.6e-5, false)]
    [DataRow("logits", 8, 9.6, 6.7e-5, true)]
    [DataRow("logits", 8, 9.6, 6.9e-5, false)]
    public void Line_ManyBlocks_AllowForTheirNoise(string quantity, int blocks, double largest, double shift, bool agrees) =>
        Assert.AreEqual(!agrees, Line($"img0.b2.q0.05.{quantity}", [largest, 0], [largest, shift], blocks).IsFailure);

    [TestMethod]
    public void Line_DifferentValue_SaysWhereAndHow()
    {
        var line = Line("img0.b2.q0.05.halt_logit", [1, 2, 3], [1, 2.5, 3.25]);
        Assert.AreEqual("img0.b2.q0.05.halt_logit  FAIL  difference 0.5       allowed 2.5E-05   at [1]: recorded 2, found 2.5", line.ToString());
    }

    [TestMethod]
    public void Line_DifferentCodes_CountsThem()
    {
        var line = Line("img0.b2.q0.05.indices", [7, 8, 9], [7, 1, 2]);
        Assert.AreEqual(2, line.LargestDifference);
        Assert.AreEqual("2 of 3 differ, first at [1]: recorded 8, found 1", line.Note);
    }

    [TestMethod]
    [DataRow(double.NaN, 1, false)]
    [DataRow(1, double.NaN, false)]
    [DataRow(double.PositiveInfinity, double.NegativeInfinity, false)]
    [DataRow(1, double.PositiveInfinity, false)]
    [DataRow(double.NaN, double.NaN, true)]
    [DataRow(double.PositiveInfinity, double.PositiveInfinity, true)]
    public void Line_NotANumber_AgreesOnlyWithItself(double recorded, double found, bool agrees)
    {
        Assert.AreEqual(!agrees, Line("img0.b2.q0.05.recon", [recorded], [found]).IsFailure);
        Assert.AreEqual(!agrees, Line("img0.base_tokens", [recorded, 1], [found, 1]).IsFailure);
        Assert.AreEqual(!agrees, Line("img0.b2.q0.05.recon_stats", [1, 1, 1, 1, recorded, 1], [1, 1, 1, 1, found, 1]).IsFailure);
    }

    [TestMethod]
    public void Line_PartOfTheLargest_GrowsWithTheTensorAndNotWithItsPlace()
    {
        Assert.IsFalse(Line("img0.base_tokens", [100, 0], [100, 1.9e-3]).IsFailure);
        Assert.IsTrue(Line("img0.base_tokens", [100, 0], [100, 2.1e-3]).IsFailure);
        Assert.IsTrue(Line("img0.base_tokens", [1, 0], [1, 1.9e-3]).IsFailure);
    }

    [TestMethod]
    [DataRow(0, 2.9e-6 * 0.2, true)]
    [DataRow(0, 3.1e-6 * 0.2, false)]
    [DataRow(1, 0.9e-5 * 0.2, true)]
    [DataRow(1, 1.1e-5 * 0.2, false)]
    [DataRow(2, 5.9e-5, true)]
    [DataRow(3, -6.1e-5, false)]
    [DataRow(4, 0.29, true)]
    [DataRow(4, 0.31, false)]
    [DataRow(5, 0.49, true)]
    [DataRow(5, 0.51, false)]
    public void Line_Statistics_HaveAToleranceEach(int index, double shift, bool agrees)
    {
        double[] recorded = [0.001, 0.2, -0.5, 1.5, 1e5, 5e4];
        double[] found = [.. recorded];
        found[index] += shift;
        Assert.AreEqual(!agrees, Line("img0.b2.q0.05.recon_stats", recorded, found).IsFailure);
    }

    [TestMethod]
    public void Line_AnotherShape_IsAnErrorThatNamesTheKey()
    {
        Assert.IsTrue(RecordedKey.TryParse("img0.b2.q0.05.halt_logit", out var key));
        var error = Assert.ThrowsExactly<KarlFormatException>(() => Comparison.Line(key, new Comparable(new Numbers([1, 2], [2]), new Numbers([1, 2], [1, 2])), 2, "goldens.npz"));
        StringAssert.Contains(error.Message, "'img0.b2.q0.05.halt_logit' is [2]; this model gives [1, 2]");
    }

    [TestMethod]
    public void Line_SingleNumber_HasNoShapeThatMatters()
    {
        Assert.IsTrue(RecordedKey.TryParse("img0.b2.q0.05.rec_l1", out var key));
        Assert.IsFalse(Comparison.Line(key, new Comparable(new Numbers([0.5], []), Numbers.Row([0.5])), 2, "goldens.npz").IsFailure);
        Assert.IsTrue(Comparison.Line(key, new Comparable(new Numbers([0.5], []), Numbers.Row([0.6])), 2, "goldens.npz").IsFailure);
    }

    private static VerificationLine Line(string text, double[] recorded, double[] found, int blocks = 2)
    {
        Assert.IsTrue(RecordedKey.TryParse(text, out var key));
        return Comparison.Line(key, new Comparable(Numbers.Row(recorded), Numbers.Row(found)), blocks, "goldens.npz");
    }
}
