using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Tests;

/// <summary>What takes ML.NET's own images from files.</summary>
public sealed partial class TokenizeTests
{
    [TestMethod]
    public void Transform_LoadedImages_PassesThemOnUndisposed()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(7);
        IDataView images = place.Context.Transforms.LoadImages("Image", null, "Path").Fit(place.View(photos)).Transform(place.View(photos));
        using KarlTokenizingTransformer transformer = place.Context.Transforms
            .KarlTokenize("Features", "Image", place.Tokenize with { BatchSize = 2, CountColumnName = "Count" }).Fit(images);
        IDataView view = transformer.Transform(images);
        List<MLImage> passed = [];
        List<float> counts = [];
        using (DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Image"], view.Schema["Count"]]))
        {
            ValueGetter<MLImage> getImage = cursor.GetGetter<MLImage>(view.Schema["Image"]);
            ValueGetter<float> getCount = cursor.GetGetter<float>(view.Schema["Count"]);
            while (cursor.MoveNext())
            {
                MLImage image = null!;
                float count = 0;
                getImage(ref image);
                getCount(ref count);
                passed.Add(image);
                counts.Add(count);
            }
        }

        Assert.HasCount(7, passed);
        Assert.IsTrue(passed.All(image => image.Width == 50), "an image that was handed out belongs to whoever has it");
        CollectionAssert.AreEqual(place.Read(Fitted(place, "Path", photos)).Select(row => row.Count).ToArray(), counts);
    }
}
