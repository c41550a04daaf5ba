using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Tests;

[TestClass]
public sealed class AnomalySavingTests
{
    [TestMethod]
    public void Load_GivesTheSame_AndIsRestoredAsWhatItWas()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(12);
        using KarlAnomalyTransformer transformer = place.Context.Transforms.KarlAnomaly("Strange", "Path", new KarlAnomalyOptions { Model = place.Model, Threads = 1, FalseAlarms = 0.25, PValueColumnName = "P", ErrorColumnName = "Error" }).Fit(place.View(photos));
        using MemoryStream stream = new();
        place.Context.Model.Save(transformer, place.View(photos).Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        ITransformer restored = place.Context.RestoreKarl(loaded);
        KarlAnomalyTransformer same = (KarlAnomalyTransformer)(restored is IEnumerable<ITransformer> chain ? chain.Single() : restored);
        CollectionAssert.AreEqual(transformer.Profile.ToUtf8(), same.Profile.ToUtf8());
        foreach (ITransformer other in new[] { loaded, same })
        {
            IDataView expected = transformer.Transform(place.View(photos)), found = other.Transform(place.View(photos));
            CollectionAssert.AreEqual(expected.GetColumn<float>("Strange").ToArray(), found.GetColumn<float>("Strange").ToArray());
            CollectionAssert.AreEqual(expected.GetColumn<float>("P").ToArray(), found.GetColumn<float>("P").ToArray());
            CollectionAssert.AreEqual(expected.GetColumn<bool>("StrangeIsAnomalous").ToArray(), found.GetColumn<bool>("StrangeIsAnomalous").ToArray());
            Assert.IsTrue(found.GetColumn<string>("Error").All(string.IsNullOrEmpty));
        }

        same.Dispose();
    }
}
