using Karl.Applications.Anomalies;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Tests;

[TestClass]
public sealed class AnomalyTests
{
    [TestMethod]
    public void Fit_OnRows_GivesWhatTheProfileOfTheirFilesGives()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(18);
        using KarlAnomalyTransformer transformer = place.Context.Transforms.KarlAnomaly("Strange", "Path", Options(place) with { Seed = 3 }).Fit(place.View(photos));
        using ImageTokenizer tokenizer = ImageTokenizer.Load(place.Model);
        AnomalyProfile profile = AnomalyFitter.Fit(tokenizer, photos.Select(photo => photo.Path!), new AnomalyOptions { FalseAlarms = 0.25, Seed = 3 }, "tiny.karl");
        CollectionAssert.AreEqual(profile.ToUtf8(), transformer.Profile.ToUtf8());

        IDataView view = transformer.Transform(place.View([.. photos.Take(5), new ImagePath { Path = null }]));
        float[] scores = [.. view.GetColumn<float>("Strange")], shares = [.. view.GetColumn<float>("StrangePValue")];
        bool[] anomalous = [.. view.GetColumn<bool>("StrangeIsAnomalous")];
        float[] pixels = new float[3 * tokenizer.ImageSize * tokenizer.ImageSize];
        for (int index = 0; index < 5; index++)
        {
            new ImagePreprocessor(new ImagePreprocessorOptions { Size = tokenizer.ImageSize }).Process(new ImageDecoder().Decode(photos[index].Path!), pixels);
            AnomalyScore expected = profile.Score(tokenizer, pixels)[0];
            Assert.AreEqual(expected.Score, scores[index], 1e-4);
            Assert.AreEqual(expected.PValue, shares[index], 1e-6);
            Assert.AreEqual(expected.IsAnomalous, anomalous[index]);
        }

        Assert.IsTrue(float.IsNaN(scores[5]) && float.IsNaN(shares[5]) && !anomalous[5]);
    }

    [TestMethod]
    public void Fit_WithAProfile_LearnsNothingAndRefusesAnotherModel()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(12);
        AnomalyProfile profile;
        using (ImageTokenizer tokenizer = ImageTokenizer.Load(place.Model))
        {
            profile = AnomalyFitter.Fit(tokenizer, photos.Select(photo => photo.Path!), new AnomalyOptions { FalseAlarms = 0.5 }, "tiny.karl");
        }

        using KarlAnomalyTransformer transformer = place.Context.Transforms.KarlAnomaly("Strange", "Path", Options(place) with { Profile = profile }).Fit(place.View(photos.Take(1)));
        Assert.AreSame(profile, transformer.Profile);
        Assert.HasCount(12, transformer.Transform(place.View(photos)).GetColumn<float>("Strange").ToArray());
        KarlAnomalyEstimator other = place.Context.Transforms.KarlAnomaly("Strange", "Path", new KarlAnomalyOptions { Profile = profile });
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => other.Fit(place.View(photos))).Message, "fitted with the model tiny.karl (");
    }

    [TestMethod]
    public void Fit_UnreadableRows_ThrowOrAreLeftOut()
    {
        using Workplace place = new();
        ImagePath[] photos = [.. place.Photos(12), new ImagePath { Path = place["absent.png"] }, new ImagePath { Path = "" }];
        KarlAnomalyEstimator strict = place.Context.Transforms.KarlAnomaly("Strange", "Path", Options(place));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => strict.Fit(place.View(photos))).Message, "absent.png");
        using KarlAnomalyTransformer transformer = place.Context.Transforms
            .KarlAnomaly("Strange", "Path", Options(place) with { UnreadableImages = KarlUnreadableImages.Mark, ErrorColumnName = "Error" }).Fit(place.View(photos));
        Assert.AreEqual(12, transformer.Profile.FittedImages);
        string[] errors = [.. transformer.Transform(place.View(photos)).GetColumn<string>("Error")];
        Assert.AreEqual(1, errors.Count(error => error?.Contains("absent.png", StringComparison.Ordinal) == true));
        Assert.AreEqual(2, transformer.Transform(place.View(photos)).GetColumn<float>("Strange").Count(float.IsNaN));
    }

    [TestMethod]
    public void KarlAnomaly_WhatCannotBe_IsRefused()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(3);
        StringAssert.Contains(Refused(new KarlAnomalyOptions { FalseAlarms = 0.6 }), "FalseAlarms is 0.6");
        StringAssert.Contains(Refused(new KarlAnomalyOptions { HaltingThreshold = 0.5f }), "of no use here");
        StringAssert.Contains(Refused(new KarlAnomalyOptions { PValueColumnName = "Strange" }), "names that differ");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => place.Context.Transforms.KarlAnomaly("Strange", "Path", Options(place)).Fit(place.View(photos))).Message, "There are 3 normal images");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => place.Context.Transforms.KarlAnomaly("Strange", "Number", Options(place)).Fit(place.View(photos))).Message, "Number");

        string Refused(KarlAnomalyOptions options) => Assert.ThrowsExactly<ArgumentException>(() => place.Context.Transforms.KarlAnomaly("Strange", "Path", options)).Message;
    }

    private static KarlAnomalyOptions Options(Workplace place) => new() { Model = place.Model, Threads = 1, FalseAlarms = 0.25 };
}
