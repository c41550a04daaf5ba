using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Karl.Tests;

[TestClass]
public sealed partial class EngineTests
{
    [TestMethod]
    public void Predict_RowByRow_GivesWhatTransformGives()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(4);
        KarlTokenizingTransformer transformer = place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize.WithAllColumns()).Fit(place.View(photos));
        using PredictionEngine<ImagePath, TokenRow> engine = place.Context.Model.CreatePredictionEngine<ImagePath, TokenRow>(transformer);
        CollectionAssert.AreEqual(place.Texts(transformer.Transform(place.View(photos))), photos.Select(photo => engine.Predict(photo).ToString()).ToArray());
    }

    [TestMethod]
    public void Predict_InAChain_GivesWhatTransformGives()
    {
        using Workplace place = new();
        AssertPredictsWhatTransformGives(place, place.Context.MulticlassClassification.Trainers.KarlLinearProbe());
    }

    [TestMethod]
    public void Dispose_OfAnEngineThatOwnsTheTransformer_SaysWhatToDoAboutIt()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(1);
        KarlTokenizingTransformer transformer = place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize).Fit(place.View(photos));
        place.Context.Model.CreatePredictionEngine<ImagePath, TokenRow>(transformer).Dispose();
        ObjectDisposedException exception = Assert.ThrowsExactly<ObjectDisposedException>(() => place.Read(transformer.Transform(place.View(photos))));
        StringAssert.Contains(exception.Message, "OwnsTransformer = false");
    }

    [TestMethod]
    public void Engines_OfOneTransformer_ShareOneModel()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(1);
        KarlTokenizingEstimator estimator = place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize);
        KarlTokenizingTransformer first = estimator.Fit(place.View(photos)), second = estimator.Fit(place.View(photos));
        Assert.IsTrue(first.Model.IsOfSameModelAs(second.Model));
        first.Dispose();
        Assert.HasCount(1, place.Read(second.Transform(place.View(photos))), "the model stays while somebody has a share in it");
        second.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => place.Read(second.Transform(place.View(photos))));
        using KarlTokenizingTransformer third = estimator.Fit(place.View(photos));
        Assert.HasCount(1, place.Read(third.Transform(place.View(photos))), "and is loaded again afterwards");
    }

    private static void AssertPredictsWhatTransformGives(Workplace place, IEstimator<ITransformer> trainer)
    {
        LabelledPath[] rows = [.. place.Photos(12).Select(photo => new LabelledPath { Path = photo.Path, Label = photo.Number % 2 == 0 ? "even" : "odd" })];
        TransformerChain<KeyToValueMappingTransformer> model = place.Context.Transforms.Conversion.MapValueToKey("Label")
            .Append(place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize))
            .Append(trainer)
            .Append(place.Context.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(place.View(rows));
        using PredictionEngine<LabelledPath, Prediction> engine = place.Context.Model.CreatePredictionEngine<LabelledPath, Prediction>(model);
        CollectionAssert.AreEqual(
            model.Transform(place.View(rows)).GetColumn<string>("PredictedLabel").ToArray(), rows.Select(row => engine.Predict(row).PredictedLabel).ToArray());
    }

    private sealed class LabelledPath
    {
        public string? Path { get; set; }

        public string? Label { get; set; }
    }

    private sealed class Prediction
    {
        public string? PredictedLabel { get; set; }
    }
}
