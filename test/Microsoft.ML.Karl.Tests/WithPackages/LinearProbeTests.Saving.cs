using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Tests;

/// <summary>What takes models that can be saved.</summary>
public sealed partial class LinearProbeTests
{
    [TestMethod]
    public void Load_InAChain_PredictsTheSame()
    {
        MLContext context = new(seed: 1);
        IDataView rows = context.Data.LoadFromEnumerable(Clusters(60));
        using TransformerChain<Transforms.KeyToValueMappingTransformer> model = context.Transforms.Conversion.MapValueToKey("Label")
            .Append(context.MulticlassClassification.Trainers.KarlLinearProbe())
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(rows);
        using MemoryStream stream = new();
        context.Model.Save(model, rows.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        CollectionAssert.AreEqual(model.Transform(rows).GetColumn<string>("PredictedLabel").ToArray(), loaded.Transform(rows).GetColumn<string>("PredictedLabel").ToArray());
        CollectionAssert.AreEqual(
            model.Transform(rows).GetColumn<float[]>("Score").SelectMany(score => score).ToArray(), loaded.Transform(rows).GetColumn<float[]>("Score").SelectMany(score => score).ToArray());
        Assert.AreSame(loaded, context.RestoreKarl(loaded), "a probe has no batches to give back");
    }
}
