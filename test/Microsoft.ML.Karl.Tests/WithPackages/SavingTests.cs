using Karl.Testing;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Karl.Tests;

[TestClass]
public sealed class SavingTests
{
    [TestMethod]
    [DataRow(KarlPooling.MaskedMean)]
    [DataRow(KarlPooling.MaskedMeanAndDeviation)]
    [DataRow(KarlPooling.PaddedTokens)]
    [DataRow(KarlPooling.MaskedMeanAndProducts)]
    [DataRow(KarlPooling.PaddedTokensAndProducts)]
    public void Load_StageAlone_GivesTheSameRows(KarlPooling pooling)
    {
        using Workplace place = new();
        ImagePath[] rows = [.. place.Photos(5), new ImagePath { Path = null, Number = 5 }];
        using KarlTokenizingTransformer transformer = place.Context.Transforms
            .KarlTokenize("Features", "Path", place.Tokenize.WithAllColumns() with { Pooling = pooling }).Fit(place.View(rows));
        IDataView before = transformer.Transform(place.View(rows));
        IDataView after = SavedAndLoaded(place, transformer, place.View(rows).Schema).Transform(place.View(rows));
        CollectionAssert.AreEqual(place.Texts(before), place.Texts(after));
        Assert.AreEqual(Types(before.Schema), Types(after.Schema));
    }

    [TestMethod]
    public void Load_EveryKindOfInput_GivesTheSameRows()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(3);
        AssertSame(place, "Image", photos.Select(photo => new ImageInMemory { Image = Workplace.Image(photo), Number = photo.Number }).ToArray());
        AssertSame(place, "Bytes", photos.Select(photo => new EncodedImage { Bytes = File.ReadAllBytes(photo.Path!), Number = photo.Number }).ToArray());
        AssertSame(place, "Pixels", new[] { new PixelImage { Pixels = [.. Enumerable.Range(0, 3 * TinyModel.ImageSize * TinyModel.ImageSize).Select(index => index % 7 / 7f)] } });
    }

    [TestMethod]
    public void Load_ContinuousTokens_GivesTheSameRows()
    {
        using Workplace place = new(quantized: false, vae: true);
        ImagePath[] rows = place.Photos(3);
        using KarlTokenizingTransformer transformer = place.Context.Transforms
            .KarlTokenize("Features", "Path", place.Tokenize.WithAllColumns(quantized: false) with { SamplingSeed = 3 }).Fit(place.View(rows));
        CollectionAssert.AreEqual(
            place.Texts(transformer.Transform(place.View(rows))),
            place.Texts(SavedAndLoaded(place, transformer, place.View(rows).Schema).Transform(place.View(rows))));
    }

    [TestMethod]
    public void Restore_GivesTheStageBack()
    {
        using Workplace place = new();
        ImagePath[] rows = place.Photos(4);
        KarlTokenizingTransformer transformer = place.Context.Transforms
            .KarlTokenize("Features", "Path", place.Tokenize.WithAllColumns() with { BatchSize = 3 }).Fit(place.View(rows));
        string[] before = place.Texts(transformer.Transform(place.View(rows)));
        ITransformer loaded = SavedAndLoaded(place, transformer, place.View(rows).Schema);
        transformer.Dispose();
        File.Delete(place.Model);
        ITransformer restored = place.Context.RestoreKarl(loaded);
        using KarlTokenizingTransformer stage = Only<KarlTokenizingTransformer>(restored);
        IDataView after = restored.Transform(place.View(rows));
        CollectionAssert.AreEqual(before, place.Texts(after));
        Assert.IsNotNull(after.Schema["Features"].Annotations.Schema.GetColumnOrNull("SlotNames"));
        ITransformer again = place.Context.RestoreKarl(SavedAndLoaded(place, restored, place.View(rows).Schema));
        CollectionAssert.AreEqual(before, place.Texts(again.Transform(place.View(rows))), "what was restored can be saved again");
    }

    [TestMethod]
    public void Load_ChainWithATrainer_PredictsTheSame()
    {
        using Workplace place = new();
        LabelledImage[] rows = [.. place.Photos(12).Select(photo => new LabelledImage { Path = photo.Path, Label = photo.Number % 2 == 0 ? "even" : "odd" })];
        IDataView view = place.View(rows);
        TransformerChain<KeyToValueMappingTransformer> model = place.Context.Transforms.Conversion.MapValueToKey("Label")
            .Append(place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize))
            .Append(place.Context.Transforms.NormalizeMeanVariance("Features"))
            .AppendCacheCheckpoint(place.Context)
            .Append(place.Context.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 5))
            .Append(place.Context.Transforms.Conversion.MapKeyToValue("PredictedLabel"), TransformerScope.TrainTest | TransformerScope.Scoring)
            .Fit(view);
        string[] before = [.. model.Transform(view).GetColumn<string>("PredictedLabel")];
        ITransformer loaded = SavedAndLoaded(place, model, view.Schema);
        CollectionAssert.AreEqual(before, loaded.Transform(view).GetColumn<string>("PredictedLabel").ToArray());
        using PredictionEngine<LabelledImage, PredictedLabel> engine = new MLContext().Model.CreatePredictionEngine<LabelledImage, PredictedLabel>(place.Context.RestoreKarl(loaded));
        CollectionAssert.AreEqual(before, rows.Select(row => engine.Predict(row).Value).ToArray());
    }

    [TestMethod]
    public void Restore_ModelWithoutAStage_GivesItBack()
    {
        using Workplace place = new();
        IDataView view = place.View(new[] { new ImagePath { Number = 1 } });
        ITransformer model = SavedAndLoaded(place, place.Context.Transforms.CopyColumns("Copy", "Number").Fit(view), view.Schema);
        Assert.AreSame(model, place.Context.RestoreKarl(model));
    }

    [TestMethod]
    public void Load_InAFreshProcess_GivesTheSame()
    {
        using Workplace place = new();
        ImagePath[] rows = place.Photos(2);
        using KarlTokenizingTransformer transformer = place.Context.Transforms
            .KarlTokenize("Features", "Path", place.Tokenize with { CountColumnName = "Count" }).Fit(place.View(rows));
        place.Context.Model.Save(transformer, place.View(rows).Schema, place["saved.zip"]);
        string expected = string.Join(' ', transformer.Transform(place.View(rows)).GetColumn<float>("Count"));
        Assert.AreEqual(expected, FreshProcess.Run([place["saved.zip"], .. rows.Select(row => row.Path!)]));
    }

    private static void AssertSame<TRow>(Workplace place, string column, TRow[] rows)
        where TRow : class
    {
        using KarlTokenizingTransformer transformer = place.Context.Transforms.KarlTokenize("Features", column, place.Tokenize.WithAllColumns()).Fit(place.View(rows));
        CollectionAssert.AreEqual(
            place.Texts(transformer.Transform(place.View(rows))),
            place.Texts(SavedAndLoaded(place, transformer, place.View(rows).Schema).Transform(place.View(rows))),
            column);
    }

    private static ITransformer SavedAndLoaded(Workplace place, ITransformer transformer, DataViewSchema schema)
    {
        using MemoryStream stream = new();
        place.Context.Model.Save(transformer, schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }

    private static TTransformer Only<TTransformer>(ITransformer model)
        where TTransformer : class, ITransformer => model as TTransformer ?? Only<TTransformer>(((IEnumerable<ITransformer>)model).Single());

    private static string Types(DataViewSchema schema) => string.Join(", ", schema.Select(column => $"{column.Name}: {column.Type}"));

    private sealed class LabelledImage
    {
        public string? Path { get; set; }

        public string? Label { get; set; }
    }

    private sealed class PredictedLabel
    {
        [ColumnName("PredictedLabel")]
        public string? Value { get; set; }
    }
}
