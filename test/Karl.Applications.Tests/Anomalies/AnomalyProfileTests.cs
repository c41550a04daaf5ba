using System.Text;
using Karl.Applications.Anomalies;
using Karl.Testing;
using Karl.Tokenizers;

namespace Karl.Applications.Tests.Anomalies;

[TestClass]
public sealed class AnomalyProfileTests
{
    [TestMethod]
    public void Score_OtherKinds_AreStrangerThanNormalOnes()
    {
        AnomalyScore[] normal = NormalImages.Profile.Score(NormalImages.Tokenizer, NormalImages.Pixels("text", 1000, 30));
        AnomalyScore[] noise = NormalImages.Profile.Score(NormalImages.Tokenizer, NormalImages.Pixels("noise", 0, 10));
        Assert.IsGreaterThan(normal.Select(score => score.Score).Order().ElementAt(20), noise.Average(score => score.Score));
        Assert.IsGreaterThanOrEqualTo(7, noise.Count(score => score.IsAnomalous));
        // Only 20 images decide about the threshold here, so that the true rate may be a few times the one asked for.
        Assert.IsLessThanOrEqualTo(15, normal.Count(score => score.IsAnomalous));
        Assert.IsTrue(normal.Concat(noise).All(score => score.PValue is > 0 and <= 1 && score.IsAnomalous == score.PValue <= 0.1));
        Assert.IsTrue(noise.All(score => Math.Abs(score.Score - score.Signals.Sum(signal => signal.Strangeness)) < 1e-9));
        CollectionAssert.AreEqual(new[] { "tokens", "error", "latents", "codes" }, NormalImages.Profile.Signals.ToArray());
    }

    [TestMethod]
    public void Parse_WhatWasWritten_ScoresTheSame()
    {
        using Pictures pictures = new();
        NormalImages.Profile.Write(pictures["profile.json"]);
        AnomalyProfile read = AnomalyProfile.Read(pictures["profile.json"]);
        float[] pixels = NormalImages.Pixels("graphics", 0, 4);
        AnomalyScore[] expected = NormalImages.Profile.Score(NormalImages.Tokenizer, pixels), found = read.Score(NormalImages.Tokenizer, pixels);
        CollectionAssert.AreEqual(expected.Select(score => score.Score).ToArray(), found.Select(score => score.Score).ToArray());
        Assert.AreEqual(NormalImages.Profile.ToString(), read.ToString());
        CollectionAssert.AreEqual(File.ReadAllBytes(pictures["profile.json"]), read.ToUtf8());
    }

    [TestMethod]
    public void Fit_Again_GivesTheSameBytesUnlessTheSeedDiffers()
    {
        AnomalyOptions options = new() { FalseAlarms = 0.2, Epsilons = [0.1f, 0.14f], Budget = 32 };
        byte[] first = NormalImages.Fit(NormalImages.Tokenizer, options, 16).ToUtf8();
        CollectionAssert.AreEqual(first, NormalImages.Fit(NormalImages.Tokenizer, options, 16).ToUtf8());
        CollectionAssert.AreNotEqual(first, NormalImages.Fit(NormalImages.Tokenizer, options with { Seed = 1 }, 16).ToUtf8());
        CollectionAssert.AreEqual(new[] { "tokens at 0.1", "tokens at 0.14", "error", "latents", "codes" }, AnomalyProfile.Parse(first).Signals.ToArray());
    }

    [TestMethod]
    public void Fit_ImpossibleOptionsOrTooFewImages_SaysWhatIsNeeded()
    {
        AnomalyFitter fitter = new(NormalImages.Tokenizer);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => fitter.Fit()).Message, "a rate of false alarms of 0.05 needs at least 76");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new AnomalyFitter(NormalImages.Tokenizer, new AnomalyOptions { FalseAlarms = 0 })).Message, "FalseAlarms is 0");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new AnomalyFitter(NormalImages.Tokenizer, new AnomalyOptions { Epsilons = [] })).Message, "There are 0 epsilons");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new AnomalyFitter(NormalImages.Tokenizer, new AnomalyOptions { Budget = 65 })).Message, "Budget is 65");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Score_WithAnotherModel_IsRefusedAndNamesBoth(bool quantized)
    {
        using Pictures pictures = new();
        new TinyModel(quantized).Write(pictures["tiny.karl"]);
        using ImageTokenizer tiny = ImageTokenizer.Load(pictures["tiny.karl"]);
        string message = Assert.ThrowsExactly<KarlFormatException>(() => NormalImages.Profile.RequireModel(tiny, "tiny.karl")).Message;
        StringAssert.Contains(message, $"fitted with the model default.karl ({NormalImages.Profile.Model})");
        StringAssert.Contains(message, "this is tiny.karl (");
        Assert.ThrowsExactly<KarlFormatException>(() => NormalImages.Profile.Score(tiny, new float[3 * tiny.ImageSize * tiny.ImageSize]));
    }

    [TestMethod]
    public void Fit_AContinuousModel_HasNoSignalOfCodes()
    {
        using Pictures pictures = new();
        new TinyModel(false).Write(pictures["tiny.karl"]);
        using ImageTokenizer tiny = ImageTokenizer.Load(pictures["tiny.karl"]);
        AnomalyFitter fitter = new(tiny, new AnomalyOptions { FalseAlarms = 0.5 });
        Random random = new(1);
        fitter.Add(Enumerable.Range(0, 8 * 3 * tiny.ImageSize * tiny.ImageSize).Select(_ => random.NextSingle()).ToArray());
        AnomalyProfile profile = fitter.Fit();
        CollectionAssert.AreEqual(new[] { "tokens", "error", "latents" }, profile.Signals.ToArray());
        Assert.HasCount(3, profile.Score(tiny, new float[3 * tiny.ImageSize * tiny.ImageSize])[0].Signals);
    }

    [TestMethod]
    [DataRow("", "no profile of karl anomaly fit")]
    [DataRow("null", "found null")]
    [DataRow("{\"format\":\"karl-anomaly-profile\"}", "no profile of karl anomaly fit")]
    public void Parse_NoProfile_IsRefused(string json, string message) =>
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => AnomalyProfile.Parse(Encoding.UTF8.GetBytes(json), "p.json")).Message, message);

    [TestMethod]
    [DataRow("\"version\":1,", "\"version\":2,", "found version 2")]
    [DataRow("\"budget\":64", "\"budget\":0", "a budget of 0")]
    [DataRow("\"falseAlarms\":0.1", "\"falseAlarms\":0.9", "a rate of false alarms of 0.9")]
    [DataRow("\"latentMean\":[", "\"latentMean\":[1,", "do not fit together")]
    [DataRow("\"scores\":[", "\"scores\":[1e9,", "held-out values")]
    [DataRow("\"codeCounts\":[", "\"codeCounts\":[-1,", "negative count")]
    public void Parse_AProfileThatWasChanged_IsRefused(string from, string to, string message)
    {
        string json = Encoding.UTF8.GetString(NormalImages.Profile.ToUtf8());
        StringAssert.Contains(json, from);
        StringAssert.Contains(
            Assert.ThrowsExactly<KarlFormatException>(() => AnomalyProfile.Parse(Encoding.UTF8.GetBytes(json.Replace(from, to, StringComparison.Ordinal)))).Message, message);
    }

    [TestMethod]
    public void Parse_DamagedBytes_AreReadOrRefused() => Mutations.AssertRefusesOrReads<KarlFormatException>(
        NormalImages.Profile.ToUtf8(), seed: 7, count: 300, memoryLimitInBytes: 8 << 20, bytes => AnomalyProfile.Parse(bytes));
}
